--@ dialect redshift
CREATE OR REPLACE PROCEDURE s.p() AS $$
BEGIN
  CREATE TEMP TABLE x AS SELECT a FROM s.t;
  INSERT INTO s.u (b) SELECT a FROM x;
END;
$$ LANGUAGE plpgsql;
CALL s.p();
--> create_procedure
--> create_table
--> reads s.t
--> a <- s.t:a identity
--> insert
--> reads s.t
--> writes s.u
--> b <- s.t:a identity
--> other
