--@ dialect postgres
--@ table d.t(id int)
--@ table d.u(id int, b int)
SELECT t.id, x.b FROM d.t CROSS JOIN LATERAL (SELECT u.b FROM d.u WHERE u.id = t.id LIMIT 1) AS x
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> b <- d.u:b identity
--> rows <- d.t:id filter, d.u:id filter
