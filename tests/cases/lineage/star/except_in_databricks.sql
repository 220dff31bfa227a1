--@ dialect databricks
--@ table d.t(a INT, b INT)
SELECT * EXCEPT (a) FROM d.t
--> select
--> reads d.t
--> b <- d.t:b identity
