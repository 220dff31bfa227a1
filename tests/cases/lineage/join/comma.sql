--@ table d.t(a INT64)
--@ table d.u(b INT64)
SELECT t.a, u.b FROM d.t t, d.u u WHERE t.a = u.b
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> b <- d.u:b identity
--> rows <- d.t:a filter, d.u:b filter
