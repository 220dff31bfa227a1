--@ dialect exasol
--@ table D.T(K DECIMAL, A DECIMAL)
SELECT CASE WHEN k > 1 THEN a END AS v FROM d.t
--> select
--> reads D.T
--> V <- D.T:A transformation, D.T:K conditional
