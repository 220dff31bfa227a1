CREATE TEMP FUNCTION twice(x INT64) AS (x * 2);
SELECT twice(a) AS b FROM d.t;
--> create_function
--> select
--> reads d.t
--> b <- d.t:a transformation
