--@ dialect postgres
--@ table d.t(id int, items int[])
SELECT t.id, i FROM d.t, unnest(t.items) AS i
--> select
--> reads d.t
--> id <- d.t:id identity
--> i <- d.t:items identity
