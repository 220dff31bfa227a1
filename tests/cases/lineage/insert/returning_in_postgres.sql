--@ dialect postgres
--@ table d.s(id int, a int)
INSERT INTO m.x (id, a) SELECT id, a FROM d.s RETURNING id
--> insert
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> a <- d.s:a identity
