--@ table d.t(a INT64, b INT64)
WITH RECURSIVE r (x, y) AS (
  SELECT a, b FROM d.t
  UNION ALL
  SELECT y, x FROM r
)
SELECT x FROM r
--> select
--> reads d.t
--> x <- d.t:a identity, d.t:b identity
