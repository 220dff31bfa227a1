--@ table d.t(a INT64)
DECLARE i INT64 DEFAULT 0;
WHILE i < 3 DO
  SET i = i + 1;
  INSERT INTO d.u (x) SELECT a FROM d.t WHERE a = i;
END WHILE;
LOOP
  IF i > 5 THEN BREAK; END IF;
  SET i = i + 1;
END LOOP;
REPEAT
  SET i = i - 1;
  UNTIL i < 0
END REPEAT;
SELECT a FROM d.t;
--> other
--> other
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> rows <- d.t:a filter
--> other
--> other
--> other
--> select
--> reads d.t
--> a <- d.t:a identity
