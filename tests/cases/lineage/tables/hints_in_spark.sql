--@ dialect spark
--@ table d.t(a INT)
--@ table d.u(a INT)
SELECT /*+ BROADCAST(u) */ t.a FROM d.t JOIN d.u ON t.a = u.a
--> select
--> reads d.t, d.u
--> a <- d.t:a identity
--> rows <- d.t:a join, d.u:a join
