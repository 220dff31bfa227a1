--@ dialect snowflake
--@ table D.T(A INT)
CREATE DYNAMIC TABLE m.x TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT a FROM d.t
--> create_table
--> reads D.T
--> writes M.X
--> A <- D.T:A identity
