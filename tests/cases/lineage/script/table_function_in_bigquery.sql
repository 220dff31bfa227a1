--@ table d.t(a INT64)
CREATE OR REPLACE TABLE FUNCTION d.f(low INT64) AS SELECT a FROM d.t WHERE a > low;
SELECT a FROM d.t;
--> create_function
--> select
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:a filter
--> select
--> reads d.t
--> a <- d.t:a identity
