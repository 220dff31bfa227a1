--@ table d.t(a INT64, amount INT64)
SELECT amuont, a FROM d.t
--> select
--> reads d.t
--> amuont <- nothing
--> a <- d.t:a identity
--> unknown d.t:amuont
