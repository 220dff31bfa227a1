--@ dialect postgres
--@ table d.t(a int, b int)
--@ table d.x(p int, q int)
INSERT INTO d.x (p, q) SELECT a, b FROM d.t ON CONFLICT (p) DO UPDATE SET q = EXCLUDED.q + x.q
--> insert
--> reads d.t
--> writes d.x
--> p <- d.t:a identity
--> q <- d.t:b identity, d.t:b transformation, d.x:q transformation
