CREATE TEMP TABLE x (a INT64, b INT64);
INSERT INTO x (a) SELECT p FROM d.t WHERE q = 1;
INSERT INTO x (a, b) SELECT r, s FROM d.u;
CREATE TABLE m.y AS SELECT a, b FROM x;
--> create_table
--> a <- generated
--> b <- generated
--> insert
--> reads d.t
--> a <- d.t:p identity
--> rows <- d.t:q filter
--> insert
--> reads d.u
--> a <- d.u:r identity
--> b <- d.u:s identity
--> create_table
--> reads d.t, d.u
--> writes m.y
--> a <- d.t:p identity, d.u:r identity
--> b <- d.u:s identity
--> rows <- d.t:q filter
