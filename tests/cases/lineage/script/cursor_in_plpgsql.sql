--@ dialect postgres
DO $$
DECLARE
  c CURSOR FOR SELECT a FROM s.t;
  v int;
BEGIN
  OPEN c;
  FETCH c INTO v;
  INSERT INTO s.u (x) VALUES (v);
  CLOSE c;
END $$;
--> other
--> reads s.t
--> other
--> other
--> insert
--> writes s.u
--> x <- generated
--> other
