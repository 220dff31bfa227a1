--@ table d.t(at TIMESTAMP, day DATE, a INT64, f FLOAT64, s STRING)
SELECT
  DATE_TRUNC(DATE(at), ISOWEEK) AS week,
  TIMESTAMP_DIFF(at, at, SECOND) / 60 AS minutes,
  SAFE_DIVIDE(a, a) AS ratio,
  a / 2 AS half,
  CAST(a AS STRING) AS text_a,
  COALESCE(f, 0) AS f0,
  DATE_DIFF(day, day, DAY) >= 28 AS is_ripe,
  SPLIT(s, ',') AS parts,
  TIMESTAMP_ADD(at, INTERVAL 1 DAY) AS later,
  a IN (1, 2) AS is_in
FROM d.t
--> select
--> reads d.t
--> week <- d.t:at transformation
--> minutes <- d.t:at transformation
--> ratio <- d.t:a transformation
--> half <- d.t:a transformation
--> text_a <- d.t:a transformation
--> f0 <- d.t:f transformation
--> is_ripe <- d.t:day transformation
--> parts <- d.t:s transformation
--> later <- d.t:at transformation
--> is_in <- d.t:a transformation
--> type week DATE
--> type minutes FLOAT64
--> type ratio FLOAT64
--> type half FLOAT64
--> type text_a STRING
--> type f0 FLOAT64
--> type is_ripe BOOL
--> type parts ARRAY<STRING>
--> type later TIMESTAMP
--> type is_in BOOL
