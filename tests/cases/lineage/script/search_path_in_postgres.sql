--@ dialect postgres
SET search_path TO ops, public;
SELECT a FROM t;
--> other
--> select
--> reads ops.t
--> a <- ops.t:a identity
