--@ dialect tsql
--@ table d.t(a int, b int)
--@ table d.log(x int, y int)
DELETE FROM d.t OUTPUT deleted.a INTO d.log (y) WHERE b = 1
--> delete
--> reads d.t
--> writes d.log, d.t
--> y <- d.t:a identity
--> rows <- d.t:b filter, d.t:b filter
