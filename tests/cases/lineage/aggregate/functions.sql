--@ table d.t(a INT64, b STRING, c BOOL)
SELECT
  SUM(a) AS total,
  COUNT(*) AS n,
  COUNT(DISTINCT b) AS kinds,
  COUNTIF(c) AS hits,
  AVG(a) AS mean,
  MAX(b) AS latest,
  ANY_VALUE(b) AS some,
  1 + MIN(a) AS low
FROM d.t
--> select
--> reads d.t
--> total <- d.t:a aggregation
--> n <- generated
--> kinds <- d.t:b aggregation masked
--> hits <- d.t:c aggregation masked
--> mean <- d.t:a aggregation
--> latest <- d.t:b aggregation
--> some <- d.t:b aggregation
--> low <- d.t:a aggregation
--> type total INT64
--> type n INT64
--> type mean FLOAT64
--> type latest STRING
