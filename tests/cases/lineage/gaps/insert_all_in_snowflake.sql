--@ dialect snowflake
INSERT ALL INTO t1 (x) VALUES (a) INTO t2 SELECT a FROM d.t
--> other
--> reads D.T
--> gap unsupported
