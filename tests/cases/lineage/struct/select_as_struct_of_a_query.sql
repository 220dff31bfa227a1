--@ table d.t(a INT64, b STRING)
SELECT AS STRUCT a, b FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
