--@ dialect duckdb
--@ table d.t(a INT, b INT, c INT)
SELECT a, b + 1 AS more, SUM(c) AS total FROM d.t GROUP BY ALL
--> select
--> reads d.t
--> a <- d.t:a identity
--> more <- d.t:b transformation
--> total <- d.t:c aggregation
--> rows <- d.t:a group_by, d.t:b group_by
