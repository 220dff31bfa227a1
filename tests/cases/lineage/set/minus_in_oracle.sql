--@ dialect oracle
--@ table D.T(A NUMBER)
--@ table D.U(A NUMBER)
SELECT a FROM d.t MINUS SELECT a FROM d.u
--> select
--> reads D.T, D.U
--> A <- D.T:A identity
