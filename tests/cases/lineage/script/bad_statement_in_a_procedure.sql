CREATE PROCEDURE d.p()
BEGIN
  SELECT (a FROM d.t;
  SELECT b FROM d.t;
END;
--> create_procedure
--> unparsed
--> gap syntax
--> select
--> reads d.t
--> b <- d.t:b identity
