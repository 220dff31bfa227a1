DECLARE low INT64 DEFAULT 3;
SELECT a + low AS b FROM d.t;
--> other
--> select
--> reads d.t
--> b <- d.t:a transformation
