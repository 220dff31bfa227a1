--@ dialect duckdb
--@ table d.t(a INT, b INT)
SELECT * REPLACE (a + b AS b) FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:a transformation, d.t:b transformation
