--@ table d.t(id INT64)
--@ table d.u(id INT64, b INT64)
SELECT EXISTS (SELECT u.b FROM d.u WHERE u.id = t.id) AS has_b FROM d.t
--> select
--> reads d.t, d.u
--> has_b <- d.t:id conditional, d.u:b conditional, d.u:id conditional
--> rows <- d.t:id filter, d.u:id filter
--> type has_b BOOL
