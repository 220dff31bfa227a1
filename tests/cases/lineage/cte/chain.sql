--@ table d.t(a INT64, b INT64)
WITH x AS (SELECT a + 1 AS p, b FROM d.t), y AS (SELECT p, SUM(b) AS s FROM x GROUP BY p)
SELECT p AS final, s FROM y
--> select
--> reads d.t
--> final <- d.t:a transformation
--> s <- d.t:b aggregation
--> rows <- d.t:a group_by
--> text final = a + 1
--> text s = SUM(b)
--> line s 2
