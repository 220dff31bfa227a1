--@ dialect trino
USE hive.web;
SELECT a FROM t;
CALL system.sync();
--> other
--> select
--> reads hive.web.t
--> a <- hive.web.t:a identity
--> other
--> gap unsupported
