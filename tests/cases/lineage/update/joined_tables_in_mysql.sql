--@ dialect mysql
--@ table m.x(i int, p int)
--@ table d.s(i int, a int, w int)
UPDATE m.x JOIN d.s ON x.i = s.i SET x.p = s.a + 1 WHERE s.w > 0
--> update
--> reads d.s
--> writes m.x
--> p <- d.s:a transformation
--> rows <- d.s:i join, d.s:w filter, m.x:i join
