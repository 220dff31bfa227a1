--@ dialect oracle
--@ table M.X(ID NUMBER, A NUMBER)
--@ table D.S(ID NUMBER, A NUMBER)
MERGE INTO m.x t USING (SELECT id, a FROM d.s WHERE a > 0) s ON (t.id = s.id)
WHEN MATCHED THEN UPDATE SET t.a = s.a
WHEN NOT MATCHED THEN INSERT (t.id, t.a) VALUES (s.id, s.a)
--> merge
--> reads D.S
--> writes M.X
--> ID <- D.S:ID identity
--> A <- D.S:A identity
--> rows <- D.S:A filter, D.S:ID join, M.X:ID join
