--@ dialect snowflake
--@ table D.T(ID INT, AT DATE, PRICE INT)
SELECT * FROM d.t MATCH_RECOGNIZE (
  PARTITION BY id ORDER BY at
  MEASURES MAX(up.price) AS most
  ONE ROW PER MATCH
  PATTERN (up+) DEFINE up AS price > 10
)
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> MOST <- D.T:PRICE aggregation
--> rows <- D.T:AT sort, D.T:ID group_by, D.T:PRICE filter
