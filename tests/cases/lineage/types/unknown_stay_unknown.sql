SELECT a + 1 AS b, my_function(c) AS d FROM d.t
--> select
--> reads d.t
--> b <- d.t:a transformation
--> d <- d.t:c transformation
--> type b unknown
--> type d unknown
