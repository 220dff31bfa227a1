--@ dialect trino
--@ table d.t(a bigint)
CREATE TABLE m.x WITH (format = 'PARQUET') AS SELECT a + 1 AS b FROM d.t
--> create_table
--> reads d.t
--> writes m.x
--> b <- d.t:a transformation
