--@ dialect clickhouse
--@ table d.t(a UInt64, k UInt8)
SELECT sumIf(a, k = 1) AS total FROM d.t
--> select
--> reads d.t
--> total <- d.t:a aggregation, d.t:k aggregation
