--@ dialect tsql
--@ table d.t(a int)
SELECT a, a * 2 AS twice INTO m.x FROM d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
--> twice <- d.t:a transformation
