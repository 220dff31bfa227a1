--@ table d.t(a INT64, b INT64, c DATE)
SELECT
  SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS running,
  LAG(a) OVER (PARTITION BY b ORDER BY c) AS before,
  COUNT(*) OVER () AS n
FROM d.t
--> select
--> reads d.t
--> running <- d.t:a aggregation, d.t:b window, d.t:c window
--> before <- d.t:a transformation, d.t:b window, d.t:c window
--> n <- generated
--> type before INT64
