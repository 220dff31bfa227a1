--@ dialect oracle
--@ table M.X(ID NUMBER)
--@ table D.S(ID NUMBER)
DELETE FROM m.x t WHERE EXISTS (SELECT 1 FROM d.s s WHERE s.id = t.id)
--> delete
--> reads D.S
--> writes M.X
--> rows <- D.S:ID filter, M.X:ID filter
