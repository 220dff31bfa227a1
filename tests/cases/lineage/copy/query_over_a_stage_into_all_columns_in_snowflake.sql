--@ dialect snowflake
--@ table D.T(A INT, B VARCHAR, F VARCHAR)
COPY INTO d.t FROM (SELECT $1:a::INT, $1:b, METADATA$FILENAME FROM @d.stage)
--> copy
--> writes D.T
--> A <- generated
--> B <- generated
--> F <- generated
