--@ dialect snowflake
--@ table D.T(K INT, A INT)
SELECT k, COUNT(a) AS n FROM d.t GROUP BY ALL
--> select
--> reads D.T
--> K <- D.T:K identity
--> N <- D.T:A aggregation masked
--> rows <- D.T:K group_by
