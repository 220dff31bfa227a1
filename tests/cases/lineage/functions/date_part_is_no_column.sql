SELECT DATE_BUCKET(DAY, a) AS b FROM d.t
--> select
--> reads d.t
--> b <- d.t:a transformation
