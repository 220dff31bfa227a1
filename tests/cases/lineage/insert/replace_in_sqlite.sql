--@ dialect sqlite
--@ table d.t(a int)
--@ table d.u(c int)
REPLACE INTO d.t (a) SELECT c FROM d.u
--> insert
--> reads d.u
--> writes d.t
--> a <- d.u:c identity
