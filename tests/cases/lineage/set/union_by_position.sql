--@ table d.t(a INT64, b STRING)
--@ table d.u(x INT64, y STRING)
SELECT a, b FROM d.t UNION ALL SELECT x + 1, y FROM d.u
--> select
--> reads d.t, d.u
--> a <- d.t:a identity, d.u:x transformation
--> b <- d.t:b identity, d.u:y identity
--> type a INT64
