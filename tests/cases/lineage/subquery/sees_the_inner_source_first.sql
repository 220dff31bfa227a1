--@ table d.t(id INT64, a INT64)
--@ table d.u(id INT64, a INT64)
SELECT (SELECT MAX(a) FROM d.u WHERE u.id = t.id) AS top FROM d.t
--> select
--> reads d.t, d.u
--> top <- d.u:a aggregation
--> rows <- d.t:id filter, d.u:id filter
