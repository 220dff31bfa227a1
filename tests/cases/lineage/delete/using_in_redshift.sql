--@ dialect redshift
--@ table m.x(id int)
--@ table d.s(id int)
DELETE FROM m.x USING d.s AS s WHERE x.id = s.id
--> delete
--> reads d.s
--> writes m.x
--> rows <- d.s:id filter, m.x:id filter
