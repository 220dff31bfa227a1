--@ table d.t(a INT64, b INT64, c STRING)
SELECT CASE WHEN c = 'x' THEN a ELSE b END AS v, CASE c WHEN 'y' THEN 1 ELSE 0 END AS flag FROM d.t
--> select
--> reads d.t
--> v <- d.t:a transformation, d.t:b transformation, d.t:c conditional
--> flag <- d.t:c conditional
