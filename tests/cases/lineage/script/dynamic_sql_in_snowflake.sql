--@ dialect snowflake
DECLARE
  q VARCHAR;
  res RESULTSET;
BEGIN
  q := 'INSERT INTO s.u (x) ' || 'SELECT a FROM s.t';
  EXECUTE IMMEDIATE :q;
  res := (EXECUTE IMMEDIATE 'SELECT 1');
  RETURN TABLE(res);
END;
--> other
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> other
--> other
