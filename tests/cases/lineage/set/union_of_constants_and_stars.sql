--@ table d.t(a INT64, b STRING)
SELECT 0 AS n, 'none' AS label UNION ALL SELECT * FROM d.t
--> select
--> reads d.t
--> n <- d.t:a identity
--> label <- d.t:b identity
