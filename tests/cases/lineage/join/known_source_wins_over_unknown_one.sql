--@ table d.t(id INT64, a INT64)
SELECT a FROM d.t AS t JOIN d.u AS u ON t.id = u.id
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> rows <- d.t:id join, d.u:id join
