--@ dialect spark
--@ table d.t(a INT, k STRING)
CREATE TABLE m.x USING parquet PARTITIONED BY (k) AS SELECT a, k FROM d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
--> k <- d.t:k identity
