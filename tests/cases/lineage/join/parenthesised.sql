--@ dialect postgres
--@ table d.a(x int)
--@ table d.b(x int, y int)
--@ table d.c(y int, z int)
SELECT a.x, c.z FROM d.a LEFT JOIN (d.b JOIN d.c ON b.y = c.y) ON a.x = b.x
--> select
--> reads d.a, d.b, d.c
--> x <- d.a:x identity
--> z <- d.c:z identity
--> rows <- d.a:x join, d.b:x join, d.b:y join, d.c:y join
