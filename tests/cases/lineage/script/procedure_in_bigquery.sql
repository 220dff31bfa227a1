--@ table d.t(a INT64)
CREATE PROCEDURE d.p() BEGIN SELECT a FROM d.t; IF TRUE THEN SELECT 2 AS two; END IF; END;
SELECT a FROM d.t;
--> create_procedure
--> select
--> reads d.t
--> a <- d.t:a identity
--> select
--> two <- generated
--> select
--> reads d.t
--> a <- d.t:a identity
