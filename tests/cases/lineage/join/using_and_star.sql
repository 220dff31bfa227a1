--@ table d.t(id INT64, a INT64)
--@ table d.u(id INT64, b INT64)
SELECT * FROM d.t JOIN d.u USING (id)
--> select
--> reads d.t, d.u
--> id <- d.t:id identity, d.u:id identity
--> a <- d.t:a identity
--> b <- d.u:b identity
--> rows <- d.t:id join, d.u:id join
