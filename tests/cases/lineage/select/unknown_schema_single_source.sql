SELECT x, y + z AS total FROM d.t
--> select
--> reads d.t
--> x <- d.t:x identity
--> total <- d.t:y transformation, d.t:z transformation
