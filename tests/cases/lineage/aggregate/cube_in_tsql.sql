--@ dialect tsql
--@ table d.t(k int, j int, a int)
SELECT k, j, SUM(a) AS total FROM d.t GROUP BY CUBE (k, j)
--> select
--> reads d.t
--> k <- d.t:k identity
--> j <- d.t:j identity
--> total <- d.t:a aggregation
--> rows <- d.t:j group_by, d.t:k group_by
