--@ dialect postgres
--@ table d.t(a int)
SELECT a FROM ONLY d.t
--> select
--> reads d.t
--> a <- d.t:a identity
