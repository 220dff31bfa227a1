--@ dialect snowflake
CREATE PROCEDURE s.p() RETURNS INT LANGUAGE SQL AS '
BEGIN
  INSERT INTO s.u (x) SELECT a FROM s.t WHERE b = ''y'';
END;
';
--> create_procedure
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> line X 4
--> rows <- S.T:B filter
