--@ dialect postgres
--@ table d.t(a text, b int, c int)
SELECT STRING_AGG(a, ',' ORDER BY b) AS names, COUNT(*) FILTER (WHERE c > 1) AS n FROM d.t
--> select
--> reads d.t
--> names <- d.t:a aggregation, d.t:b sort
--> n <- d.t:c conditional
