--@ table t(a INT64)
WITH t AS (SELECT a + 1 AS a FROM t) SELECT a FROM t
--> select
--> reads t
--> a <- t:a transformation
