--@ dialect postgres
--@ table d.t(id int, parent int)
WITH RECURSIVE tree (id, top) AS (
  SELECT id, id FROM d.t WHERE parent IS NULL
  UNION ALL
  SELECT c.id, p.top FROM d.t AS c JOIN tree AS p ON c.parent = p.id
)
SELECT id, top FROM tree
--> select
--> reads d.t
--> id <- d.t:id identity
--> top <- d.t:id identity
--> rows <- d.t:id join, d.t:parent filter, d.t:parent join
