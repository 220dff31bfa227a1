--@ dialect postgres
--@ table s.t(a int, b text)
CREATE OR REPLACE FUNCTION s.fill(p_low int) RETURNS SETOF int AS $body$
DECLARE
  r record;
  n integer := 0;
BEGIN
  PERFORM pg_advisory_lock(1);
  PERFORM s.note(a) FROM s.t WHERE a > p_low;
  SELECT count(*) INTO n FROM s.t;
  FOR r IN SELECT a, b FROM s.t LOOP
    INSERT INTO s.u (x, y) VALUES (r.a, r.b);
  END LOOP;
  RETURN QUERY SELECT x FROM s.u;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'no: %', SQLERRM;
END;
$body$ LANGUAGE plpgsql;
--> create_function
--> other
--> other
--> reads s.t
--> other
--> reads s.t
--> other
--> reads s.t
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
--> y <- s.t:b identity
--> line x 12
--> select
--> reads s.u
--> x <- s.u:x identity
--> other
