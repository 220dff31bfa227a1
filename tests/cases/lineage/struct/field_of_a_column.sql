--@ table d.t(s STRUCT<a INT64, b STRUCT<c STRING>>)
SELECT s.a, t.s.b.c AS deep, t.s.b FROM d.t AS t
--> select
--> reads d.t
--> a <- d.t:s.a identity
--> deep <- d.t:s.b.c identity
--> b <- d.t:s.b identity
--> type a INT64
--> type deep STRING
