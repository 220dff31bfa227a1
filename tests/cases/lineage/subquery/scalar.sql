--@ table d.t(a INT64)
--@ table d.u(b INT64)
SELECT a, (SELECT MAX(b) FROM d.u) AS top FROM d.t
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> top <- d.u:b aggregation
--> type top INT64
--> text top = (SELECT MAX(b) FROM d.u)
