--@ dialect mysql
--@ table d.t(id int, a int)
--@ table d.u(id int, b int)
SELECT a, b FROM d.t NATURAL JOIN d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> b <- d.u:b identity
--> rows <- d.t:id join, d.u:id join
