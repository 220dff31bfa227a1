DECLARE target STRING DEFAULT 'd.u';
EXECUTE IMMEDIATE 'INSERT INTO ' || target || ' (x) SELECT a FROM d.t';
EXECUTE IMMEDIATE FORMAT("""
  INSERT INTO d.v (x)
  SELECT a FROM %s
""", 'd.t');
EXECUTE IMMEDIATE "SELECT MAX(a) FROM d.t WHERE b = ?" INTO n USING 3;
--> other
--> insert
--> reads d.t
--> writes d.u
--> x <- d.t:a identity
--> insert
--> reads d.t
--> writes d.v
--> x <- d.t:a identity
--> line x 5
--> other
--> reads d.t
