--@ dialect tsql
--@ table d.t(id int, k varchar, v int)
SELECT p.id, p.[x] FROM d.t PIVOT (SUM(v) FOR k IN ([x], [y])) AS p
--> select
--> reads d.t
--> id <- d.t:id identity
--> x <- d.t:v aggregation, d.t:k conditional
--> rows <- d.t:k filter
