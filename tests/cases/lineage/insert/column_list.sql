--@ table d.t(a INT64, b STRING)
INSERT INTO m.x (p, q) SELECT b, a FROM d.t
--> insert
--> reads d.t
--> writes m.x
--> p <- d.t:b identity
--> q <- d.t:a identity
