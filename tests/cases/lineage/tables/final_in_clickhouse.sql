--@ dialect clickhouse
--@ table d.t(a UInt8)
SELECT a FROM d.t FINAL WHERE a > 1
--> select
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:a filter
