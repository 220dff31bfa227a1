--@ table d.t(a INT64, b INT64)
SELECT a + b AS total FROM d.t ORDER BY total
--> select
--> reads d.t
--> total <- d.t:a transformation, d.t:b transformation
--> rows <- d.t:a sort, d.t:b sort
