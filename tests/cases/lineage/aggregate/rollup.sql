--@ table d.t(a STRING, b STRING, n INT64)
SELECT a, b, SUM(n) AS n FROM d.t GROUP BY ROLLUP (a, b)
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> n <- d.t:n aggregation
--> rows <- d.t:a group_by, d.t:b group_by
