--@ table d.t(id INT64, a INT64)
--@ table d.u(id INT64)
--@ table d.v(a INT64)
SELECT a FROM d.t WHERE EXISTS (SELECT 1 FROM d.u WHERE u.id = t.id) AND a IN (SELECT a FROM d.v)
--> select
--> reads d.t, d.u, d.v
--> a <- d.t:a identity
--> rows <- d.t:a filter, d.t:id filter, d.u:id filter, d.v:a filter
