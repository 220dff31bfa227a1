--@ table d.t(a INT64, b STRING)
CREATE VIEW m.v (first, second) AS SELECT a, b FROM d.t
--> create_view
--> reads d.t
--> writes m.v
--> first <- d.t:a identity
--> second <- d.t:b identity
