--@ dialect snowflake
--@ table D.T(A INT, B INT)
--@ table D.U(B INT, A INT)
SELECT a, b FROM d.t UNION ALL BY NAME SELECT b, a FROM d.u
--> select
--> reads D.T, D.U
--> A <- D.T:A identity, D.U:A identity
--> B <- D.T:B identity, D.U:B identity
