--@ dialect duckdb
--@ table d.t(a INT)
--@ table d.u(b INT)
--@ table d.v(a INT, z INT)
SELECT a FROM d.t UNION ALL SELECT b FROM d.u UNION ALL BY NAME SELECT z, a FROM d.v
--> select
--> reads d.t, d.u, d.v
--> a <- d.t:a identity, d.u:b identity, d.v:a identity
--> z <- d.v:z identity
