--@ dialect duckdb
--@ table d.t(xs INT[], k INT)
SELECT LIST_TRANSFORM(xs, x -> x + k) AS ys FROM d.t
--> select
--> reads d.t
--> ys <- d.t:k transformation, d.t:xs transformation
