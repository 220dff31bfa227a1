--@ table d.t(a INT64, b INT64)
SELECT s.total / 2 AS half FROM (SELECT a + b AS total FROM d.t WHERE a > 0) AS s
--> select
--> reads d.t
--> half <- d.t:a transformation, d.t:b transformation
--> rows <- d.t:a filter
--> type half FLOAT64
--> text half = s.total / 2
