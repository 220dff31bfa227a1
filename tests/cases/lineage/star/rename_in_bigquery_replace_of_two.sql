--@ table d.t(a INT64, b INT64, c INT64)
SELECT * REPLACE (a + 1 AS a, b * 2 AS b) FROM d.t
--> select
--> reads d.t
--> a <- d.t:a transformation
--> b <- d.t:b transformation
--> c <- d.t:c identity
