--@ dialect databricks
--@ table d.t(s STRUCT<a: INT, b: STRING>)
SELECT s.* FROM d.t
--> select
--> reads d.t
--> a <- d.t:s.a identity
--> b <- d.t:s.b identity
