--@ dialect hive
--@ table d.s(id int, a int)
FROM d.s
INSERT OVERWRITE TABLE m.x SELECT id WHERE a > 1
INSERT INTO TABLE m.y SELECT id, a
--> insert
--> reads d.s
--> writes m.x, m.y
--> id <- d.s:id identity
--> a <- d.s:a identity
--> rows <- d.s:a filter
