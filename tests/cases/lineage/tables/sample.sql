--@ table d.t(a INT64)
SELECT a FROM d.t TABLESAMPLE SYSTEM (10 PERCENT)
--> select
--> reads d.t
--> a <- d.t:a identity
