--@ table d.t(a INT64)
DECLARE low, high INT64 DEFAULT 3;
SET low = (SELECT MIN(a) FROM d.t);
SELECT a, low + 1 AS l FROM d.t WHERE a < high;
--> other
--> other
--> reads d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> l <- generated
--> rows <- d.t:a filter
