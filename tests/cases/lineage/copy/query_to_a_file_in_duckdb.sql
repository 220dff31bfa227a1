--@ dialect duckdb
--@ table d.t(a INT)
COPY (SELECT a + 1 AS b FROM d.t) TO 'x.parquet' (FORMAT PARQUET)
--> copy
--> reads d.t
--> b <- d.t:a transformation
