--@ table d.t(a INT64)
SELECT p.d.f(a) AS b, p.d.f(a).x AS c FROM d.t
--> select
--> reads d.t
--> b <- d.t:a transformation
--> c <- d.t:a transformation
