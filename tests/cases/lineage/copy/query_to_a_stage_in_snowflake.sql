--@ dialect snowflake
--@ table D.T(A INT, B INT)
COPY INTO @m.stage/x FROM (SELECT a, b + 1 AS c FROM d.t WHERE b > 0)
--> copy
--> reads D.T
--> A <- D.T:A identity
--> C <- D.T:B transformation
--> rows <- D.T:B filter
