DECLARE q STRING DEFAULT 'SELECT a FROM d.t';
EXECUTE IMMEDIATE q;
IF TRUE THEN
  SET q = 'SELECT b FROM d.t';
  EXECUTE IMMEDIATE q;
END IF;
EXECUTE IMMEDIATE q;
--> other
--> select
--> reads d.t
--> a <- d.t:a identity
--> other
--> select
--> reads d.t
--> b <- d.t:b identity
--> other
--> gap dynamic_sql
