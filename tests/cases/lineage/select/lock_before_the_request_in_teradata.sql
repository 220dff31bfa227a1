--@ dialect teradata
--@ table D.T(A INT)
LOCKING TABLE d.t FOR ACCESS SELECT a FROM d.t
--> select
--> reads D.T
--> A <- D.T:A identity
