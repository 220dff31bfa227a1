--@ dialect redshift
--@ table d.t(a int, b int)
SELECT * EXCLUDE (b) FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
