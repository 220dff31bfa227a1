--@ dialect duckdb
--@ table d.t(a INT, b INT)
SELECT * RENAME (a AS x) FROM d.t
--> select
--> reads d.t
--> x <- d.t:a identity
--> b <- d.t:b identity
