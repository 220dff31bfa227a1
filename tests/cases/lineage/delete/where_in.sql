--@ table m.x(id INT64)
--@ table d.t(id INT64)
DELETE FROM m.x WHERE id IN (SELECT id FROM d.t)
--> delete
--> reads d.t
--> writes m.x
--> rows <- d.t:id filter, m.x:id filter
