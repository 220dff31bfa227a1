--@ dialect oracle
--@ table D.T(A NUMBER, B NUMBER)
--@ table D.U(A NUMBER, C NUMBER)
SELECT t.*, u.c FROM d.t t JOIN d.u u ON t.a = u.a
--> select
--> reads D.T, D.U
--> A <- D.T:A identity
--> B <- D.T:B identity
--> C <- D.U:C identity
--> rows <- D.T:A join, D.U:A join
