--@ dialect snowflake
--@ table D.T(A INT)
SELECT a FROM d.t AT (OFFSET => -60)
--> select
--> reads D.T
--> A <- D.T:A identity
