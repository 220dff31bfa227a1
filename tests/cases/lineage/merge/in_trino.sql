--@ dialect trino
--@ table m.x(id bigint, a bigint)
--@ table d.s(id bigint, a bigint)
MERGE INTO m.x AS t USING d.s AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET a = s.a + t.a
WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)
--> merge
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> a <- d.s:a identity, d.s:a transformation, m.x:a transformation
--> rows <- d.s:id join, m.x:id join
