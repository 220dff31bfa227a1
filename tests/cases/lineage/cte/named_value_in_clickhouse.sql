--@ dialect clickhouse
--@ table d.t(a UInt64)
WITH 10 AS factor SELECT a * factor AS b FROM d.t
--> select
--> reads d.t
--> b <- d.t:a transformation
