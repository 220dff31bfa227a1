--@ dialect oracle
--@ table D.T(K NUMBER, A NUMBER)
SELECT DECODE(k, 1, a, 0) AS v FROM d.t
--> select
--> reads D.T
--> V <- D.T:A transformation, D.T:K transformation
