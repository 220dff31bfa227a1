--@ dialect mysql
--@ table d.t(a int, b int)
--@ table d.u(c int)
SELECT c FROM d.u;
REPLACE d.t SELECT c, 1 FROM d.u;
--> select
--> reads d.u
--> c <- d.u:c identity
--> insert
--> reads d.u
--> writes d.t
--> a <- d.u:c identity
--> b <- generated
