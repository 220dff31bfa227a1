--@ dialect snowflake
CREATE PROCEDURE s.p() RETURNS INT LANGUAGE SQL AS
BEGIN
  INSERT INTO s.u (x) SELECT a FROM s.t;
  RETURN 1;
END;
SELECT b FROM s.t;
--> create_procedure
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> other
--> select
--> reads S.T
--> B <- S.T:B identity
