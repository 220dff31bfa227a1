--@ dialect postgres
--@ table d.t(id int, a int)
--@ table d.u(id int, b int)
SELECT * FROM d.t NATURAL JOIN d.u
--> select
--> reads d.t, d.u
--> id <- d.t:id identity, d.u:id identity
--> a <- d.t:a identity
--> b <- d.u:b identity
--> rows <- d.t:id join, d.u:id join
