--@ dialect duckdb
USE lake.main;
PREPARE p AS SELECT a FROM t;
EXECUTE p;
--> other
--> select
--> reads lake.main.t
--> a <- lake.main.t:a identity
--> other
