--@ table d.t(id INT64, a INT64)
--@ table d.u(id INT64, b INT64)
SELECT t.a, u.b FROM d.t AS t LEFT JOIN d.u AS u ON u.id = t.id AND u.b > 0
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> b <- d.u:b identity
--> rows <- d.t:id join, d.u:b join, d.u:id join
