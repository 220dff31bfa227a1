--@ table d.t(a INT64)
CREATE PROCEDURE d.p() BEGIN SELECT a FROM d.t; IF TRUE THEN SELECT 2; END IF; END;
SELECT a FROM d.t;
--> other
--> gap unsupported
--> select
--> reads d.t
--> a <- d.t:a identity
