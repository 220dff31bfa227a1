--@ table d.t(a INT64)
SELECT a FROM (SELECT * FROM d.t UNION ALL SELECT * FROM d.u)
--> select
--> reads d.t, d.u
--> a <- d.t:a identity, d.u:a identity
