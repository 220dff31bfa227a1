--@ dialect clickhouse
--@ table d.s(id UInt64, a UInt64)
INSERT INTO m.x (id, total) SELECT id, sum(a) FROM d.s GROUP BY id
--> insert
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> total <- d.s:a aggregation
--> rows <- d.s:id group_by
