--@ table d.t(a INT64, b INT64)
SELECT * EXCEPT (bb) FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> unknown d.t:bb
