--@ dialect hive
--@ table d.t(a int, b int)
CREATE VIEW m.x (p, q) AS SELECT a, b FROM d.t
--> create_view
--> reads d.t
--> writes m.x
--> p <- d.t:a identity
--> q <- d.t:b identity
