BEGIN
  INSERT INTO d.u (x) SELECT a FROM d.t;
EXCEPTION WHEN ERROR THEN
  INSERT INTO d.log (message) SELECT @@error.message;
  RAISE USING MESSAGE = 'no; not so';
END;
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> insert
--> writes d.log
--> message <- generated
--> other
