--@ dialect snowflake
--@ table D.S(ID INT, A INT, K INT)
INSERT ALL
  WHEN k > 1 THEN INTO m.x (id, a) VALUES (id, a)
  WHEN k <= 1 THEN INTO m.y (id) VALUES (id)
SELECT id, a, k FROM d.s
--> insert
--> reads D.S
--> writes M.X, M.Y
--> ID <- D.S:ID identity
--> A <- D.S:A identity
--> rows <- D.S:K filter, D.S:K filter
