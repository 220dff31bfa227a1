--@ table d.t(id INT64, a INT64)
--@ table d.u(id INT64, b INT64)
SELECT a, b FROM d.t JOIN d.u ON d.t.id = d.u.id
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> b <- d.u:b identity
--> rows <- d.t:id join, d.u:id join
