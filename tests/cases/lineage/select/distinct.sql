--@ table d.t(a INT64)
SELECT DISTINCT a FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> text a = a
