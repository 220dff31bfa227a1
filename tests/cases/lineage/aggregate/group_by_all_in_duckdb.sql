--@ dialect duckdb
--@ table d.t(k INT, a INT)
SELECT k, SUM(a) AS total FROM d.t GROUP BY ALL
--> select
--> reads d.t
--> k <- d.t:k identity
--> total <- d.t:a aggregation
--> rows <- d.t:k group_by
