--@ dialect duckdb
--@ table d.t(a INT, b INT)
SELECT t.a, f.q, q2 + b AS s FROM d.t AS t JOIN 'in/x.parquet' AS f ON t.a = f.k
--> select
--> reads d.t
--> a <- d.t:a identity
--> q <- generated
--> s <- d.t:b transformation
--> rows <- d.t:a join
