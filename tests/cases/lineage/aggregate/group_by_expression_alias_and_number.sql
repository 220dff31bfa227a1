--@ table d.t(a TIMESTAMP, b STRING, c INT64)
SELECT DATE(a) AS day, b, SUM(c) AS total FROM d.t GROUP BY day, 2 HAVING SUM(c) > 0
--> select
--> reads d.t
--> day <- d.t:a transformation
--> b <- d.t:b identity
--> total <- d.t:c aggregation
--> rows <- d.t:a group_by, d.t:b group_by, d.t:c filter
--> type day DATE
