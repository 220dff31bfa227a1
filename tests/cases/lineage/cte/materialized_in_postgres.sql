--@ dialect postgres
--@ table d.t(a int)
WITH x AS MATERIALIZED (SELECT a FROM d.t) SELECT a FROM x
--> select
--> reads d.t
--> a <- d.t:a identity
