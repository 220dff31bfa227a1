--@ dialect snowflake
--@ table M.X(ID INT, A INT)
--@ table D.S(ID INT, A INT)
MERGE INTO m.x AS t USING d.s AS s ON t.id = s.id
WHEN MATCHED AND s.a > 0 THEN UPDATE SET t.a = s.a
WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)
--> merge
--> reads D.S
--> writes M.X
--> ID <- D.S:ID identity
--> A <- D.S:A identity
--> rows <- D.S:A filter, D.S:ID join, M.X:ID join
