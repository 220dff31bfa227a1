--@ dialect postgres
--@ table d.t(a int)
--@ table d.u(a int)
SELECT a FROM d.t EXCEPT ALL SELECT a FROM d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
