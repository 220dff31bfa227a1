--@ dialect snowflake
--@ table D.T(A INT, B INT)
COPY INTO d.t FROM @d.stage/in/x.csv
--> copy
--> writes D.T
--> A <- generated
--> B <- generated
