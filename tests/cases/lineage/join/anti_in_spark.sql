--@ dialect spark
--@ table d.t(id INT)
--@ table d.u(id INT)
SELECT t.id FROM d.t LEFT ANTI JOIN d.u ON t.id = u.id
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> rows <- d.t:id join, d.u:id join
