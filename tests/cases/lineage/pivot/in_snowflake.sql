--@ dialect snowflake
--@ table D.T(ID INT, K VARCHAR, V INT)
SELECT id, "'x'" AS x FROM d.t PIVOT (SUM(v) FOR k IN ('x', 'y'))
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> X <- D.T:V aggregation, D.T:K conditional
--> rows <- D.T:K filter
