--@ dialect redshift
--@ table m.x(id int, a int)
--@ table d.s(id int, a int)
UPDATE m.x SET a = s.a FROM d.s s WHERE m.x.id = s.id
--> update
--> reads d.s
--> writes m.x
--> a <- d.s:a identity
--> rows <- d.s:id filter, m.x:id filter
