CREATE PROCEDURE d.p(tab STRING, day STRING)
BEGIN
  EXECUTE IMMEDIATE 'INSERT INTO d.u (x) SELECT a FROM ' || tab;
  EXECUTE IMMEDIATE "INSERT INTO d.v (x) SELECT a FROM d.t WHERE b = '" || day || "'";
  EXECUTE IMMEDIATE tab;
END;
--> create_procedure
--> insert
--> writes d.u
--> x <- nothing
--> gap dynamic_sql
--> insert
--> reads d.t
--> writes d.v
--> x <- d.t:a identity
--> rows <- d.t:b filter
--> other
--> gap dynamic_sql
