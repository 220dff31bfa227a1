--@ dialect snowflake
--@ table M.X(ID INT)
--@ table D.S(ID INT)
DELETE FROM m.x USING d.s WHERE x.id = s.id
--> delete
--> reads D.S
--> writes M.X
--> rows <- D.S:ID filter, M.X:ID filter
