--@ dialect tsql
--@ table d.t(id int, parent int)
WITH tree AS (
  SELECT id, parent FROM d.t WHERE parent IS NULL
  UNION ALL
  SELECT c.id, c.parent FROM d.t AS c JOIN tree AS p ON c.parent = p.id
)
SELECT id FROM tree
--> select
--> reads d.t
--> id <- d.t:id identity
--> rows <- d.t:id join, d.t:parent filter, d.t:parent join
