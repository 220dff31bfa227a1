--@ dialect spark
--@ table d.t(id INT, k STRING, v INT)
SELECT id, x FROM d.t PIVOT (SUM(v) FOR k IN ('a' AS x))
--> select
--> reads d.t
--> id <- d.t:id identity
--> x <- d.t:v aggregation, d.t:k conditional
--> rows <- d.t:k filter
