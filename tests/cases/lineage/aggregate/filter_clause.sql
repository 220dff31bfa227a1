--@ dialect postgres
--@ table d.t(a int, b text)
SELECT SUM(a) FILTER (WHERE b = 'x') AS total FROM d.t
--> select
--> reads d.t
--> total <- d.t:a aggregation, d.t:b conditional
