--@ table d.t(a INT64)
--@ table d.u(b INT64)
SELECT a FROM d.t EXCEPT DISTINCT SELECT b FROM d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
