--@ dialect oracle
DECLARE
  CURSOR c (low NUMBER) IS SELECT a FROM s.t WHERE a > low;
BEGIN
  FOR r IN c(3) LOOP
    UPDATE s.u SET x = r.a WHERE k = 1;
  END LOOP;
END;
/
--> other
--> reads S.T
--> update
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> rows <- S.U:K filter
