--@ dialect databricks
--@ table d.t(id INT, a INT, b INT)
SELECT id, k, v FROM d.t UNPIVOT (v FOR k IN (a AS x, b AS y))
--> select
--> reads d.t
--> id <- d.t:id identity
--> k <- generated
--> v <- d.t:a identity, d.t:b identity
