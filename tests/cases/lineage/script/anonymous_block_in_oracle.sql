--@ dialect oracle
DECLARE
  v s.t.a%TYPE;
BEGIN
  SELECT MAX(a) INTO v FROM s.t;
  UPDATE s.u SET x = v;
  COMMIT;
END;
/
--> other
--> reads S.T
--> update
--> writes S.U
--> X <- generated
--> other
