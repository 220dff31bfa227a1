--@ dialect oracle
CREATE OR REPLACE PROCEDURE s.fill (p_low IN NUMBER) IS
  n NUMBER := 0;
  CURSOR c IS SELECT a FROM s.t;
BEGIN
  SELECT COUNT(*) INTO n FROM s.t WHERE a > p_low;
  FOR r IN (SELECT a, b FROM s.t) LOOP
    INSERT INTO s.u (x) VALUES (r.a);
  END LOOP;
  EXECUTE IMMEDIATE 'DELETE FROM s.v';
EXCEPTION
  WHEN OTHERS THEN NULL;
END fill;
/
SELECT b FROM s.t
--> create_procedure
--> other
--> reads S.T
--> other
--> reads S.T
--> other
--> reads S.T
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> delete
--> writes S.V
--> other
--> select
--> reads S.T
--> B <- S.T:B identity
