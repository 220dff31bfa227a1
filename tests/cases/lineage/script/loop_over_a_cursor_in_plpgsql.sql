--@ dialect postgres
DO $$
DECLARE c CURSOR FOR SELECT a FROM s.t;
BEGIN
  FOR r IN c LOOP
    INSERT INTO s.u (x) VALUES (r.a);
  END LOOP;
END $$;
--> other
--> reads s.t
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
