--@ dialect trino
SELECT k, v, n FROM d.t CROSS JOIN UNNEST(m) WITH ORDINALITY AS x (k, v, n)
--> select
--> reads d.t
--> k <- d.t:m identity
--> v <- d.t:m identity
--> n <- generated
