--@ dialect postgres
--@ table m.x(id int, a int)
--@ table d.s(id int, a int)
UPDATE m.x AS t SET a = s.a FROM d.s AS s WHERE t.id = s.id
--> update
--> reads d.s
--> writes m.x
--> a <- d.s:a identity
--> rows <- d.s:id filter, m.x:id filter
