--@ dialect tsql
--@ table m.x(id int, a int)
--@ table d.s(id int, a int)
MERGE m.x AS t USING d.s AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET t.a = s.a + 1
WHEN NOT MATCHED BY TARGET THEN INSERT (id, a) VALUES (s.id, s.a)
WHEN NOT MATCHED BY SOURCE THEN DELETE;
--> merge
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> a <- d.s:a identity, d.s:a transformation
--> rows <- d.s:id join, m.x:id join
