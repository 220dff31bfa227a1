BEGIN TRANSACTION;
INSERT INTO d.u (x) SELECT a FROM d.t;
COMMIT TRANSACTION;
--> other
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> other
