--@ dialect oracle
--@ table D.T(A NUMBER)
SELECT /*+ FULL(t) */ t.a FROM d.t t
--> select
--> reads D.T
--> A <- D.T:A identity
