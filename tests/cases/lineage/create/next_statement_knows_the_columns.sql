CREATE TABLE m.x AS SELECT a, b FROM d.t;
SELECT * FROM m.x;
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
--> b <- d.t:b identity
--> select
--> reads m.x
--> a <- m.x:a identity
--> b <- m.x:b identity
