DECLARE q STRING DEFAULT 'SELECT a FROM d.t';
LOOP
  EXECUTE IMMEDIATE q;
  SET q = 'SELECT b FROM d.t';
END LOOP;
--> other
--> other
--> gap dynamic_sql
--> other
