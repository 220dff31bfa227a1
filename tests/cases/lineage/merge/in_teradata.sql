--@ dialect teradata
--@ table M.X(ID INTEGER, A INTEGER)
--@ table D.S(ID INTEGER, A INTEGER)
MERGE INTO m.x AS t USING d.s AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET a = s.a
WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)
--> merge
--> reads D.S
--> writes M.X
--> ID <- D.S:ID identity
--> A <- D.S:A identity
--> rows <- D.S:ID join, M.X:ID join
