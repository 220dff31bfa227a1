--@ dialect duckdb
--@ table d.t(a INT)
--@ table d.u(b INT)
SELECT a FROM d.t UNION BY NAME SELECT b FROM d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> b <- d.u:b identity
