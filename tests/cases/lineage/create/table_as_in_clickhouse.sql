--@ dialect clickhouse
--@ table d.t(a UInt64)
CREATE TABLE m.x ENGINE = MergeTree ORDER BY a AS SELECT a FROM d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
