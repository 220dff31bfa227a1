--@ table d.t(a INT64)
--@ table d.u(b INT64)
WITH x AS (SELECT b FROM d.u WHERE b > 1) SELECT a FROM d.t
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
