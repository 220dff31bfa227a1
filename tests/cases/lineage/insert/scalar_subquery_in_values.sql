--@ table d.t(b INT64)
INSERT INTO m.x (a, c) VALUES ((SELECT MAX(b) FROM d.t), 1)
--> insert
--> reads d.t
--> writes m.x
--> a <- d.t:b aggregation
--> c <- generated
--> text a = (SELECT MAX(b) FROM d.t)
