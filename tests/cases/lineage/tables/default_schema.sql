--@ default d
--@ table d.t(a INT64)
SELECT a FROM t
--> select
--> reads d.t
--> a <- d.t:a identity
