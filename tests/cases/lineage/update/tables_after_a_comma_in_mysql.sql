--@ dialect mysql
--@ table m.x(id int, a int)
--@ table d.s(id int, a int)
UPDATE m.x, d.s SET x.a = s.a WHERE x.id = s.id
--> update
--> reads d.s
--> writes m.x
--> a <- d.s:a identity
--> rows <- d.s:id filter, m.x:id filter
