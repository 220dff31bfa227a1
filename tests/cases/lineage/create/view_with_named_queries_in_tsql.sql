--@ dialect tsql
--@ table d.t(a int, b int)
CREATE OR ALTER VIEW d.v (x, y) WITH SCHEMABINDING
AS
WITH q AS (
  SELECT a, b FROM d.t
)
SELECT q.a, MAX(q.b) FROM q GROUP BY q.a
GO
SELECT x FROM d.v
--> create_view
--> reads d.t
--> writes d.v
--> x <- d.t:a identity
--> y <- d.t:b aggregation
--> rows <- d.t:a group_by
--> select
--> reads d.v
--> x <- d.v:x identity
