--@ dialect snowflake
CREATE OR REPLACE TASK s.one WAREHOUSE = w SCHEDULE = '5 MINUTE'
  WHEN SYSTEM$STREAM_HAS_DATA('s.changes')
AS
  INSERT INTO s.u (x) SELECT a FROM s.t;
CREATE TASK s.two AFTER s.one AS
BEGIN
  DELETE FROM s.v;
  INSERT INTO s.v (y) SELECT x FROM s.u;
END;
ALTER TASK s.two RESUME;
--> create_task
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:A identity
--> create_task
--> delete
--> writes S.V
--> insert
--> reads S.U
--> writes S.V
--> Y <- S.U:X identity
--> other
