--@ dialect teradata
--@ table D.S(ID INTEGER, A INTEGER)
INSERT INTO m.x (id, a) SELECT s.id, s.a FROM d.s AS s
--> insert
--> reads D.S
--> writes M.X
--> ID <- D.S:ID identity
--> A <- D.S:A identity
