--@ dialect postgres
--@ table d.s(id int, a int)
INSERT INTO m.x (id, a) TABLE d.s
--> insert
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> a <- d.s:a identity
