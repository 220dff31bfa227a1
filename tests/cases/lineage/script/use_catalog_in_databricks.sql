--@ dialect databricks
USE CATALOG main;
USE SCHEMA ops;
SELECT a FROM t;
--> other
--> other
--> select
--> reads main.ops.t
--> a <- main.ops.t:a identity
