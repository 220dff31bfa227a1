--@ dialect tsql
--@ table d.t(id int)
--@ table d.u(id int, b int)
SELECT t.id, x.n FROM d.t AS t OUTER APPLY (SELECT COUNT(u.b) AS n FROM d.u AS u WHERE u.id = t.id) AS x
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> n <- d.u:b aggregation masked
--> rows <- d.t:id filter, d.u:id filter
