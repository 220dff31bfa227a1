--@ dialect duckdb
--@ table d.t(a INT, b INT)
--@ table d.u(b INT, a INT)
SELECT a, b FROM d.t UNION ALL BY NAME SELECT b, a FROM d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity, d.u:a identity
--> b <- d.t:b identity, d.u:b identity
