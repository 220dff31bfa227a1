--@ table d.t(a INT64)
INSERT INTO m.x (a) WITH y AS (SELECT a FROM d.t) SELECT a FROM y
--> insert
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
