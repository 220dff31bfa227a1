--@ dialect spark
--@ table d.t(a INT, b INT)
CACHE LAZY TABLE c1 AS SELECT a FROM d.t WHERE b > 0;
INSERT INTO d.x SELECT a FROM c1;
--> create_view
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:b filter
--> insert
--> reads d.t
--> writes d.x
--> a <- d.t:a identity
--> rows <- d.t:b filter
