--@ dialect oracle
--@ table D.T(K NUMBER, A NUMBER)
SELECT k, SUM(a) OVER (PARTITION BY k) AS total FROM d.t
--> select
--> reads D.T
--> K <- D.T:K identity
--> TOTAL <- D.T:A aggregation, D.T:K window
