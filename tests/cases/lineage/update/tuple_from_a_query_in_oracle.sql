--@ dialect oracle
--@ table M.X(ID NUMBER, A NUMBER, B NUMBER)
--@ table D.S(ID NUMBER, A NUMBER, B NUMBER)
UPDATE m.x t SET (t.a, t.b) = (SELECT s.a, s.b + 1 FROM d.s s WHERE s.id = t.id)
--> update
--> reads D.S
--> writes M.X
--> A <- D.S:A identity
--> B <- D.S:B transformation
--> rows <- D.S:ID filter, M.X:ID filter
