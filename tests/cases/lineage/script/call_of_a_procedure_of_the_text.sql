CREATE OR REPLACE PROCEDURE d.fill(low INT64, OUT n INT64)
OPTIONS (strict_mode = FALSE)
BEGIN
  INSERT INTO d.u (x) SELECT a FROM d.t WHERE a > low;
END;
CALL d.fill(3, n);
CALL d.other(3);
--> create_procedure
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> rows <- d.t:a filter
--> other
--> other
--> gap unsupported
