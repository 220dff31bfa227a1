--@ dialect exasol
--@ table D.S(ID DECIMAL, A DECIMAL)
INSERT INTO m.x (id, a) SELECT id, a FROM d.s
--> insert
--> reads D.S
--> writes M.X
--> ID <- D.S:ID identity
--> A <- D.S:A identity
