--@ table d.t(k STRING, a INT64)
FROM d.t |> AGGREGATE SUM(a) AS total GROUP BY k
--> select
--> reads d.t
--> k <- d.t:k identity
--> total <- d.t:a aggregation
--> rows <- d.t:k group_by
