--@ dialect spark
SET spark.sql.shuffle.partitions = 10;
USE ops;
CACHE TABLE c AS SELECT a FROM t;
CREATE OR REPLACE TEMPORARY VIEW v AS SELECT a FROM t WHERE b = 1;
INSERT OVERWRITE TABLE u SELECT a FROM v;
--> other
--> other
--> create_view
--> reads ops.t
--> a <- ops.t:a identity
--> create_view
--> reads ops.t
--> a <- ops.t:a identity
--> rows <- ops.t:b filter
--> insert
--> reads ops.t
--> writes ops.u
--> a <- ops.t:a identity
--> rows <- ops.t:b filter
