--@ dialect redshift
--@ table d.t(a int)
SELECT a INTO m.x FROM d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
