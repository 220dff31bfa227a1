--@ dialect redshift
--@ table d.t(a int, b int)
SELECT b AS a, a + 1 AS more FROM d.t
--> select
--> reads d.t
--> a <- d.t:b identity
--> more <- d.t:a transformation
