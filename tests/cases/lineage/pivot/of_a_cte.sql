--@ table d.t(id INT64, k STRING, v INT64)
WITH x AS (SELECT id, k, v FROM d.t) SELECT id, a FROM x PIVOT (MAX(v) FOR k IN ('A' AS a))
--> select
--> reads d.t
--> id <- d.t:id identity
--> a <- d.t:v aggregation, d.t:k conditional
--> rows <- d.t:k filter
