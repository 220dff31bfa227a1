--@ dialect spark
--@ table d.t(s STRUCT<a: INT, b: STRING>)
SELECT s.a, s.b AS c FROM d.t
--> select
--> reads d.t
--> a <- d.t:s.a identity
--> c <- d.t:s.b identity
