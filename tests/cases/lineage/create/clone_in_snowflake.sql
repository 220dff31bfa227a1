--@ dialect snowflake
--@ table D.T(A INT, B INT)
CREATE OR REPLACE TABLE m.x CLONE d.t
--> create_table
--> reads D.T
--> writes M.X
--> A <- D.T:A identity
--> B <- D.T:B identity
