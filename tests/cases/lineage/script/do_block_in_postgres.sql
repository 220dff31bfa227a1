--@ dialect postgres
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM s.t) THEN
    INSERT INTO s.t (a) SELECT b FROM s.u;
  END IF;
END
$$;
SELECT c FROM s.t;
--> other
--> reads s.t
--> insert
--> reads s.u
--> writes s.t
--> a <- s.u:b identity
--> select
--> reads s.t
--> c <- s.t:c identity
