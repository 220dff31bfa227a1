--@ dialect oracle
--@ table D.T(K NUMBER, A VARCHAR2, B NUMBER)
SELECT k, LISTAGG(a, ',') WITHIN GROUP (ORDER BY b) AS names FROM d.t GROUP BY k
--> select
--> reads D.T
--> K <- D.T:K identity
--> NAMES <- D.T:A aggregation, D.T:B sort
--> rows <- D.T:K group_by
