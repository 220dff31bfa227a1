--@ table d.t(a INT64)
CASE
  WHEN EXISTS (SELECT 1 FROM d.t WHERE a = 1) THEN
    INSERT INTO d.u (x) SELECT a FROM d.t;
  WHEN TRUE THEN
    INSERT INTO d.v (x) SELECT a FROM d.t;
  ELSE
    SELECT 1 AS one;
END CASE;
--> other
--> reads d.t
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> insert
--> reads d.t
--> writes d.v
--> x <- d.t:a identity
--> select
--> one <- generated
