--@ dialect snowflake
--@ table D.T(ID INT, A INT)
--@ table D.U(ID INT, B INT)
SELECT id, a, b FROM d.t JOIN d.u USING (id)
--> select
--> reads D.T, D.U
--> ID <- D.T:ID identity, D.U:ID identity
--> A <- D.T:A identity
--> B <- D.U:B identity
--> rows <- D.T:ID join, D.U:ID join
