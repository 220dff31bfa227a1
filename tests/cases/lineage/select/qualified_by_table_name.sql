--@ table d.t(a INT64)
SELECT d.t.a, t.a AS again FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> again <- d.t:a identity
