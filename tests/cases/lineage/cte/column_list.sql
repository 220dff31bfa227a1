--@ table d.t(a INT64, b INT64)
WITH x (p, q) AS (SELECT a, b FROM d.t) SELECT q, p FROM x
--> select
--> reads d.t
--> q <- d.t:b identity
--> p <- d.t:a identity
