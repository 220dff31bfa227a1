--@ table d.t(id INT64, up INT64, a INT64)
SELECT x.a AS own, y.a AS other FROM d.t AS x JOIN d.t AS y ON y.id = x.up
--> select
--> reads d.t
--> own <- d.t:a identity
--> other <- d.t:a identity
--> rows <- d.t:id join, d.t:up join
