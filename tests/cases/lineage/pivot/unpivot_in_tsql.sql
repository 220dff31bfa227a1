--@ dialect tsql
--@ table d.t(id int, a int, b int)
SELECT u.id, u.k, u.v FROM d.t UNPIVOT (v FOR k IN (a, b)) AS u
--> select
--> reads d.t
--> id <- d.t:id identity
--> k <- generated
--> v <- d.t:a identity, d.t:b identity
