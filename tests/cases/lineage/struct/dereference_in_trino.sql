--@ dialect trino
--@ table d.t(s ROW(a bigint, b bigint))
SELECT t.s.a AS a FROM d.t AS t
--> select
--> reads d.t
--> a <- d.t:s.a identity
