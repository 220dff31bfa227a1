INSERT INTO m.x SELECT a, b + 1 AS c FROM d.t
--> insert
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
--> c <- d.t:b transformation
