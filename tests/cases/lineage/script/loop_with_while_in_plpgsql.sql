--@ dialect postgres
DO $$
<<top>>
DECLARE i int := 0;
BEGIN
  WHILE i < 3 LOOP
    i := i + 1;
    INSERT INTO s.u (x) SELECT a FROM s.t WHERE a = i;
  END LOOP;
  FOR j IN 1..3 LOOP
    DELETE FROM s.v WHERE k = j;
  END LOOP;
  i := (SELECT max(a) FROM s.t);
END top $$;
--> other
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
--> rows <- s.t:a filter
--> delete
--> writes s.v
--> rows <- s.v:k filter
--> other
--> reads s.t
