--@ dialect spark
--@ table d.s(id INT, a INT)
FROM d.s
INSERT INTO m.x SELECT id
INSERT INTO m.y SELECT a WHERE id > 0
--> insert
--> reads d.s
--> writes m.x, m.y
--> id <- d.s:id identity
--> a <- d.s:a identity
--> rows <- d.s:id filter
--> text id = id
--> text a = a
