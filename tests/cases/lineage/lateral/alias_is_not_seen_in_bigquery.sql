--@ table d.t(a INT64, b INT64)
SELECT a + b AS total, total * 2 AS twice FROM d.t
--> select
--> reads d.t
--> total <- d.t:a transformation, d.t:b transformation
--> twice <- nothing
--> unknown d.t:total
