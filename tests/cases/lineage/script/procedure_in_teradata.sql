--@ dialect teradata
REPLACE PROCEDURE s.p (IN low INTEGER)
BEGIN
  INSERT INTO s.u (x) SELECT a FROM s.t WHERE a > low;
END;
--> create_procedure
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> rows <- S.T:A filter
