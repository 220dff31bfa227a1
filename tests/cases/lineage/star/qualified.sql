--@ table d.t(a INT64, b STRING)
--@ table d.u(c INT64)
SELECT u.c AS first, t.* FROM d.t AS t CROSS JOIN d.u AS u
--> select
--> reads d.t, d.u
--> first <- d.u:c identity
--> a <- d.t:a identity
--> b <- d.t:b identity
