--@ table d.t(a INT64, b INT64)
--@ table d.u(c INT64, a INT64)
SELECT a, b FROM d.t UNION ALL CORRESPONDING SELECT c, a FROM d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity, d.u:a identity
