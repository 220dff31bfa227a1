--@ dialect snowflake
--@ table D.T(A INT, B INT)
SELECT a + b AS total, total * 2 AS twice FROM d.t
--> select
--> reads D.T
--> TOTAL <- D.T:A transformation, D.T:B transformation
--> TWICE <- D.T:A transformation, D.T:B transformation
