--@ table d.t(a INT64, b STRING)
SELECT (SELECT AS STRUCT a, b FROM d.t LIMIT 1).b AS z
--> select
--> reads d.t
--> z <- d.t:b identity
--> type z STRING
