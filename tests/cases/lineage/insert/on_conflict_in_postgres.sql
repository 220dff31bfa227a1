--@ dialect postgres
--@ table d.t(id int, a int)
--@ table m.x(id int, a int)
INSERT INTO m.x (id, a) SELECT id, a FROM d.t ON CONFLICT (id) DO UPDATE SET a = excluded.a + 1
--> insert
--> reads d.t
--> writes m.x
--> id <- d.t:id identity
--> a <- d.t:a identity, d.t:a transformation
