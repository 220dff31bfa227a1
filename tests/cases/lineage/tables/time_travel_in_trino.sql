--@ dialect trino
--@ table d.t(a int)
SELECT a FROM d.t FOR VERSION AS OF 12
--> select
--> reads d.t
--> a <- d.t:a identity
