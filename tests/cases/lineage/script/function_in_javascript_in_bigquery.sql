CREATE TEMP FUNCTION twice(x FLOAT64) RETURNS FLOAT64 LANGUAGE js AS r"""
  return x * 2; // SELECT a FROM d.t
""";
SELECT twice(a) AS b FROM d.t;
--> create_function
--> select
--> reads d.t
--> b <- d.t:a transformation
