--@ table d.t(a INT64)
CREATE TEMP TABLE x AS SELECT a + 1 AS b FROM d.t;
CREATE TABLE m.y AS SELECT b FROM x;
--> create_table
--> reads d.t
--> b <- d.t:a transformation
--> create_table
--> reads d.t
--> writes m.y
--> b <- d.t:a transformation
