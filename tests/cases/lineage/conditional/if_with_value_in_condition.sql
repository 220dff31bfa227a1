--@ table d.t(a INT64, b INT64)
SELECT IF(a > 0, a, 0) AS positive, NULLIF(a, b) AS n, COALESCE(a, b) AS c FROM d.t
--> select
--> reads d.t
--> positive <- d.t:a transformation
--> n <- d.t:a transformation, d.t:b conditional
--> c <- d.t:a transformation, d.t:b transformation
