--@ table d.t(k INT64)
--@ table d.u(k INT64)
SELECT CASE WHEN EXISTS (SELECT 1 FROM d.u WHERE u.k = t.k) THEN 1 ELSE 0 END AS flag FROM d.t
--> select
--> reads d.t, d.u
--> flag <- d.t:k conditional, d.u:k conditional
--> rows <- d.t:k filter, d.u:k filter
