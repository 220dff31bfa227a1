--@ table m.x(id INT64, a INT64)
--@ table d.t(id INT64, b INT64)
UPDATE m.x AS t SET a = s.b + 1 FROM d.t AS s WHERE t.id = s.id
--> update
--> reads d.t
--> writes m.x
--> a <- d.t:b transformation
--> rows <- d.t:id filter, m.x:id filter
--> text a = s.b + 1
