--@ dialect postgres
--@ table d.t(a int)
SELECT a AS b INTO m.x FROM d.t WHERE a > 1
--> create_table
--> reads d.t
--> writes m.x
--> b <- d.t:a identity
--> rows <- d.t:a filter
