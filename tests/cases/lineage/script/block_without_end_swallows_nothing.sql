CREATE PROCEDURE d.p()
BEGIN
  IF TRUE THEN
    SELECT a FROM d.t;
SELECT b FROM d.t;
--> create_procedure
--> select
--> reads d.t
--> a <- d.t:a identity
--> select
--> reads d.t
--> b <- d.t:b identity
