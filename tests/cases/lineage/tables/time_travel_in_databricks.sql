--@ dialect databricks
--@ table d.t(a INT)
SELECT a FROM d.t VERSION AS OF 3
--> select
--> reads d.t
--> a <- d.t:a identity
