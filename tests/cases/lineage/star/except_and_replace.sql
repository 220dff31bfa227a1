--@ table d.t(a INT64, b INT64, c INT64)
SELECT * EXCEPT (a) REPLACE (b + c AS b) FROM d.t
--> select
--> reads d.t
--> b <- d.t:b transformation, d.t:c transformation
--> c <- d.t:c identity
