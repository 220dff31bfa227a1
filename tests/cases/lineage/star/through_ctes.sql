--@ table d.t(a INT64, b INT64)
WITH x AS (SELECT *, a + b AS total FROM d.t), y AS (SELECT * FROM x WHERE total > 0) SELECT * FROM y
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> total <- d.t:a transformation, d.t:b transformation
--> rows <- d.t:a filter, d.t:b filter
--> text total = a + b
