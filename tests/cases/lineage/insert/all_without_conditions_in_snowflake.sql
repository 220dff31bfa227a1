--@ dialect snowflake
INSERT ALL INTO t1 (x) VALUES (a) INTO t2 SELECT a FROM d.t
--> insert
--> reads D.T
--> writes T1, T2
--> X <- D.T:A identity
--> A <- D.T:A identity
