--@ dialect postgres
--@ table d.t(a text, j jsonb)
SELECT a::int AS n, j ->> 'k' AS k FROM d.t
--> select
--> reads d.t
--> n <- d.t:a transformation
--> k <- d.t:j transformation
--> type n INT
