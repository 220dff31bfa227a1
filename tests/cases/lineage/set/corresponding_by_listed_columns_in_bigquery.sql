--@ table d.t(a INT64, b INT64)
--@ table d.u(a INT64, b INT64)
SELECT a, b FROM d.t INTERSECT DISTINCT CORRESPONDING BY (b) SELECT b, a FROM d.u
--> select
--> reads d.t, d.u
--> b <- d.t:b identity, d.u:b identity
