--@ dialect snowflake
--@ table M.X(ID INT, A INT)
--@ table D.S(ID INT, A INT)
UPDATE m.x SET a = s.a * 2 FROM d.s AS s WHERE x.id = s.id
--> update
--> reads D.S
--> writes M.X
--> A <- D.S:A transformation
--> rows <- D.S:ID filter, M.X:ID filter
