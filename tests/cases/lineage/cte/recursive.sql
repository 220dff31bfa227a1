--@ table d.staff(id INT64, boss INT64, name STRING)
WITH RECURSIVE up AS (
  SELECT id, boss, name FROM d.staff WHERE boss IS NULL
  UNION ALL
  SELECT s.id, s.boss, CONCAT(up.name, s.name) FROM d.staff AS s JOIN up ON s.boss = up.id
)
SELECT id, name FROM up
--> select
--> reads d.staff
--> id <- d.staff:id identity
--> name <- d.staff:name identity, d.staff:name transformation
--> rows <- d.staff:boss filter, d.staff:boss join, d.staff:id join
