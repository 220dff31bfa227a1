--@ dialect hive
--@ table d.s(id int, a int)
INSERT OVERWRITE TABLE m.x PARTITION (day = '2026-01-01') SELECT id, a FROM d.s
--> insert
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> a <- d.s:a identity
