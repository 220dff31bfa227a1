--@ dialect databricks
BEGIN
  DECLARE low INT DEFAULT 1;
  FOR r AS SELECT a FROM s.t DO
    INSERT INTO s.u (x) VALUES (r.a);
  END FOR;
  IF low > 0 THEN
    EXECUTE IMMEDIATE 'INSERT INTO s.v (y) SELECT b FROM s.t';
  END IF;
END;
--> other
--> other
--> reads s.t
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
--> insert
--> reads s.t
--> writes s.v
--> y <- s.t:b identity
