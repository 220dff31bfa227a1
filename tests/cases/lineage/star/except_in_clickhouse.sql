--@ dialect clickhouse
--@ table d.t(a UInt8, b UInt8)
SELECT * EXCEPT (a) FROM d.t
--> select
--> reads d.t
--> b <- d.t:b identity
