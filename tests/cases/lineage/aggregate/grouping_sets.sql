--@ table d.t(a STRING, b STRING, n INT64)
SELECT a, b, GROUPING(a) AS is_total, SUM(n) AS n FROM d.t GROUP BY GROUPING SETS ((a, b), (a), ())
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> is_total <- d.t:a aggregation
--> n <- d.t:n aggregation
--> rows <- d.t:a group_by, d.t:b group_by
