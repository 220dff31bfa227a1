--@ table d.t(a INT64)
DECLARE n INT64;
IF (SELECT COUNT(*) FROM d.t) > 10 THEN
  INSERT INTO d.u (x) SELECT a FROM d.t;
ELSEIF n = 1 THEN
  DELETE FROM d.u WHERE TRUE;
ELSE
  UPDATE d.u SET x = 0 WHERE x IS NULL;
END IF;
SELECT a FROM d.t;
--> other
--> other
--> reads d.t
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> line x 4
--> delete
--> writes d.u
--> update
--> writes d.u
--> x <- generated
--> rows <- d.u:x filter
--> select
--> reads d.t
--> a <- d.t:a identity
