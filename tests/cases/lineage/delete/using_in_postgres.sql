--@ dialect postgres
--@ table m.x(id int)
--@ table d.t(id int)
DELETE FROM m.x USING d.t AS s WHERE m.x.id = s.id
--> delete
--> reads d.t
--> writes m.x
--> rows <- d.t:id filter, m.x:id filter
