--@ dialect snowflake
--@ table D.T(A INT)
SELECT x.a FROM d.t BEFORE (STATEMENT => 'abc') AS x
--> select
--> reads D.T
--> A <- D.T:A identity
