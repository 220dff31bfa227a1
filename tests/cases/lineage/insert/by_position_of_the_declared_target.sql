--@ table m.x(p STRING, q INT64)
--@ table d.t(a INT64, b STRING)
INSERT INTO m.x SELECT b, a FROM d.t
--> insert
--> reads d.t
--> writes m.x
--> p <- d.t:b identity
--> q <- d.t:a identity
