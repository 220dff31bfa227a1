--@ table d.t(a INT64, b INT64)
WITH x AS (SELECT STRUCT(a AS p, b + 1 AS q) AS s FROM d.t) SELECT s.p, s.q, s FROM x
--> select
--> reads d.t
--> p <- d.t:a identity
--> q <- d.t:b transformation
--> s <- d.t:a transformation, d.t:b transformation
--> type p INT64
--> type s STRUCT<p INT64, q INT64>
