--@ dialect mysql
--@ table d.t(k int, a int)
SELECT k, SUM(a) AS total FROM d.t GROUP BY k WITH ROLLUP
--> select
--> reads d.t
--> k <- d.t:k identity
--> total <- d.t:a aggregation
--> rows <- d.t:k group_by
