--@ dialect snowflake
EXECUTE IMMEDIATE $$
DECLARE
  c CURSOR FOR SELECT a, b FROM s.t;
BEGIN
  FOR r IN c DO
    INSERT INTO s.u (x) VALUES (1);
  END FOR;
END;
$$;
--> other
--> reads S.T
--> insert
--> writes S.U
--> X <- generated
