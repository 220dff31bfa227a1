--@ dialect snowflake
--@ table D.T(A INT, B INT)
CREATE OR REPLACE SECURE VIEW m.x (p COMMENT 'one', q) AS SELECT a, b FROM d.t
--> create_view
--> reads D.T
--> writes M.X
--> P <- D.T:A identity
--> Q <- D.T:B identity
