--@ table d.t(a INT64, b INT64, c DATE)
SELECT SUM(a) OVER w AS s, MAX(a) OVER (w ORDER BY c) AS m FROM d.t WINDOW w AS (PARTITION BY b)
--> select
--> reads d.t
--> s <- d.t:a aggregation, d.t:b window
--> m <- d.t:a aggregation, d.t:b window, d.t:c window
