--@ dialect snowflake
--@ table S.T(A INT, D DATE)
CREATE OR REPLACE PROCEDURE s.load(day DATE)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS CALLER
AS
$$
DECLARE
  n INTEGER DEFAULT 0;
BEGIN
  LET low INT := (SELECT MIN(a) FROM s.t);
  INSERT INTO s.u (x) SELECT a FROM s.t WHERE d = :day AND a > :low;
  SELECT COUNT(*) INTO :n FROM s.u;
  IF (n = 0) THEN
    RETURN 'nothing';
  ELSE
    DELETE FROM s.v;
  END IF;
  RETURN n::VARCHAR;
END;
$$;
SELECT a FROM s.t;
--> create_procedure
--> other
--> reads S.T
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> line X 13
--> rows <- S.T:A filter, S.T:D filter
--> other
--> reads S.U
--> other
--> delete
--> writes S.V
--> other
--> select
--> reads S.T
--> A <- S.T:A identity
