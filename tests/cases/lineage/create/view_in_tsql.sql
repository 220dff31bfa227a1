--@ dialect tsql
--@ table d.t(a int)
CREATE VIEW m.x AS SELECT b = a + 1 FROM d.t
--> create_view
--> reads d.t
--> writes m.x
--> b <- d.t:a transformation
