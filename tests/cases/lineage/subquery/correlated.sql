--@ table d.t(id INT64)
--@ table d.u(id INT64, b INT64)
SELECT id, (SELECT SUM(u.b + t.id) FROM d.u WHERE u.id = t.id) AS total FROM d.t
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> total <- d.t:id aggregation, d.u:b aggregation
--> rows <- d.t:id filter, d.u:id filter
