--@ dialect oracle
--@ table D.T(ID NUMBER, PARENT NUMBER)
WITH tree (id, parent) AS (
  SELECT id, parent FROM d.t WHERE parent IS NULL
  UNION ALL
  SELECT c.id, c.parent FROM d.t c JOIN tree p ON c.parent = p.id
)
SELECT id FROM tree
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> rows <- D.T:ID join, D.T:PARENT filter, D.T:PARENT join
