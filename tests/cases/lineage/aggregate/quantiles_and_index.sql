--@ table d.t(minutes FLOAT64, ok BOOL)
SELECT APPROX_QUANTILES(IF(ok, minutes, NULL), 100)[OFFSET(50)] AS median FROM d.t
--> select
--> reads d.t
--> median <- d.t:minutes aggregation, d.t:ok conditional
--> type median FLOAT64
