--@ dialect tsql
--@ table d.t(id int)
--@ table d.u(id int, b int)
SELECT t.id, x.b FROM d.t AS t CROSS APPLY (SELECT TOP 1 u.b FROM d.u AS u WHERE u.id = t.id) AS x
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> b <- d.u:b identity
--> rows <- d.t:id filter, d.u:id filter
