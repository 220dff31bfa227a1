CREATE TEMP TABLE x AS SELECT * FROM d.t;
CREATE TABLE m.y AS SELECT a FROM x;
--> create_table
--> reads d.t
--> gap unknown_star
--> create_table
--> reads d.t
--> writes m.y
--> a <- d.t:a identity
