--@ dialect mysql
--@ table d.t(a int)
CREATE OR REPLACE VIEW m.x AS SELECT a * 2 AS b FROM d.t
--> create_view
--> reads d.t
--> writes m.x
--> b <- d.t:a transformation
