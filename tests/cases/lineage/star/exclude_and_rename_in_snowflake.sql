--@ dialect snowflake
--@ table D.T(A INT, B INT, C INT)
SELECT * EXCLUDE (b) RENAME (c AS cc) FROM d.t
--> select
--> reads D.T
--> A <- D.T:A identity
--> CC <- D.T:C identity
