--@ dialect snowflake
--@ table D.T(K INT, A INT)
SELECT IFF(k > 1, a, 0) AS v FROM d.t
--> select
--> reads D.T
--> V <- D.T:A transformation, D.T:K conditional
