--@ dialect duckdb
--@ table d.t(id INT, k TEXT, v INT)
PIVOT d.t ON k IN ('x', 'y') USING SUM(v) GROUP BY id
--> select
--> reads d.t
--> id <- d.t:id identity
--> x <- d.t:v aggregation, d.t:k conditional
--> y <- d.t:v aggregation, d.t:k conditional
--> rows <- d.t:k filter
