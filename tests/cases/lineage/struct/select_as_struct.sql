--@ table d.t(a INT64, b STRING)
SELECT ARRAY(SELECT AS STRUCT a, b FROM d.t) AS items
--> select
--> reads d.t
--> items <- d.t:a identity, d.t:b identity
--> type items ARRAY<STRUCT<a INT64, b STRING>>
