--@ table t(a INT64)
--@ table d.t(b INT64)
WITH t AS (SELECT b AS a FROM d.t) SELECT a FROM t
--> select
--> reads d.t
--> a <- d.t:b identity
