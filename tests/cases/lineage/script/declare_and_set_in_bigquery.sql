--@ table d.t(a INT64, day DATE)
DECLARE low INT64;
DECLARE name STRING DEFAULT 'x';
SET low = (SELECT MIN(a) FROM d.t);
INSERT INTO d.u (v, n) SELECT a + low, name FROM d.t WHERE a > low;
--> other
--> other
--> other
--> reads d.t
--> insert
--> reads d.t
--> writes d.u
--> v <- d.t:a transformation
--> n <- generated
--> rows <- d.t:a filter
