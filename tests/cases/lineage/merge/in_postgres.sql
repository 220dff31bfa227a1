--@ dialect postgres
--@ table m.x(id int, a int)
--@ table d.s(id int, a int)
MERGE INTO m.x AS t USING d.s AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET a = s.a
WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.a)
--> merge
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> a <- d.s:a identity
--> rows <- d.s:id join, m.x:id join
