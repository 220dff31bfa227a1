--@ table d.t(id INT64, k STRING, v INT64)
SELECT p.id, p.total_x, p.n_y FROM d.t PIVOT (SUM(v) AS total, COUNT(*) AS n FOR k IN ('x', 'y')) AS p
--> select
--> reads d.t
--> id <- d.t:id identity
--> total_x <- d.t:v aggregation, d.t:k conditional
--> n_y <- d.t:k conditional
--> rows <- d.t:k filter
