--@ table m.x(id INT64, a INT64)
--@ table d.t(id INT64, b INT64)
UPDATE m.x SET a = (SELECT MAX(b) FROM d.t WHERE t.id = x.id) WHERE TRUE
--> update
--> reads d.t
--> writes m.x
--> a <- d.t:b aggregation
--> rows <- d.t:id filter, m.x:id filter
