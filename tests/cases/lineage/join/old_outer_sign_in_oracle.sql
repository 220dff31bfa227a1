--@ dialect oracle
--@ table D.T(ID NUMBER)
--@ table D.U(ID NUMBER, B NUMBER)
SELECT t.id, u.b FROM d.t t, d.u u WHERE t.id = u.id (+)
--> select
--> reads D.T, D.U
--> ID <- D.T:ID identity
--> B <- D.U:B identity
--> rows <- D.T:ID filter, D.U:ID filter
