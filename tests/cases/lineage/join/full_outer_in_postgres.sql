--@ dialect postgres
--@ table d.t(id int)
--@ table d.u(id int)
SELECT COALESCE(t.id, u.id) AS id FROM d.t FULL OUTER JOIN d.u ON t.id = u.id
--> select
--> reads d.t, d.u
--> id <- d.t:id transformation, d.u:id transformation
--> rows <- d.t:id join, d.u:id join
