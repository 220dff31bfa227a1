--@ dialect duckdb
--@ table d.t(s STRUCT(a INT, b INT))
SELECT s.a FROM d.t
--> select
--> reads d.t
--> a <- d.t:s.a identity
