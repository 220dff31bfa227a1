--@ table d.t(id INT64)
--@ table d.u(id INT64)
SELECT t.id, u.id FROM d.t AS t CROSS JOIN d.u AS u
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> id_1 <- d.u:id identity
