--@ dialect oracle
--@ table D.S(ID NUMBER, A NUMBER)
INSERT ALL
  INTO m.x (id) VALUES (id)
  INTO m.y (id, a) VALUES (id, a + 1)
SELECT id, a FROM d.s
--> insert
--> reads D.S
--> writes M.X, M.Y
--> ID <- D.S:ID identity
--> A <- D.S:A transformation
