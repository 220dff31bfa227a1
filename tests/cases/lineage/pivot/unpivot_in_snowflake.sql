--@ dialect snowflake
--@ table D.T(ID INT, A INT, B INT)
SELECT id, k, v FROM d.t UNPIVOT (v FOR k IN (a, b))
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> K <- generated
--> V <- D.T:A identity, D.T:B identity
