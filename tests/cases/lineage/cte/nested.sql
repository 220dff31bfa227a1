--@ table d.t(a INT64)
WITH x AS (WITH y AS (SELECT a FROM d.t) SELECT a * 2 AS a FROM y) SELECT a FROM x
--> select
--> reads d.t
--> a <- d.t:a transformation
--> text a = a * 2
