--@ dialect snowflake
DECLARE
  c CURSOR FOR SELECT a, b + 1 AS more FROM s.t;
BEGIN
  FOR r IN c DO
    INSERT INTO s.u (x, y) VALUES (r.a, r.more);
  END FOR;
END;
--> other
--> reads S.T
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> Y <- S.T:B transformation
