--@ dialect postgres
--@ table m.x(i int, p int, q int)
--@ table d.s(i int, a int, b int)
UPDATE m.x SET (p, q) = (SELECT a, b FROM d.s WHERE s.i = x.i)
--> update
--> reads d.s
--> writes m.x
--> p <- d.s:a identity
--> q <- d.s:b identity
--> rows <- d.s:i filter, m.x:i filter
