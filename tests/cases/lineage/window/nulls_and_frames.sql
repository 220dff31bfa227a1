--@ table d.t(a INT64, b INT64, c DATE)
SELECT LAST_VALUE(a IGNORE NULLS) OVER (PARTITION BY b ORDER BY c) AS filled,
  a / SUM(a) OVER (PARTITION BY b) AS share
FROM d.t
--> select
--> reads d.t
--> filled <- d.t:a transformation, d.t:b window, d.t:c window
--> share <- d.t:a aggregation, d.t:b window
--> type share FLOAT64
