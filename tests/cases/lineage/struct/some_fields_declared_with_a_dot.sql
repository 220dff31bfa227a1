--@ table d.t(s STRUCT<a INT64, b STRING>, s.b STRING)
SELECT t.s.a, t.s.b, s.c FROM d.t AS t
--> select
--> reads d.t
--> a <- d.t:s.a identity
--> b <- d.t:s.b identity
--> c <- nothing
--> unknown d.t:s.c
--> type a INT64
