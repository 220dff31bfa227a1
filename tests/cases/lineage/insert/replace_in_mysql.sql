--@ dialect mysql
--@ table d.t(a int, b int)
--@ table d.u(c int)
REPLACE INTO d.t (b) SELECT c + 1 FROM d.u
--> insert
--> reads d.u
--> writes d.t
--> b <- d.u:c transformation
