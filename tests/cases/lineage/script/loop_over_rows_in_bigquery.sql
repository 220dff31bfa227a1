--@ table d.t(a INT64, b STRING)
FOR r IN (SELECT a, UPPER(b) AS big FROM d.t WHERE a > 0) DO
  INSERT INTO d.u (x, y) VALUES (r.a, r.big);
END FOR;
--> other
--> reads d.t
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> y <- d.t:b transformation
