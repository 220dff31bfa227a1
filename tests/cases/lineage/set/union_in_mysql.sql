--@ dialect mysql
--@ table d.t(a int)
--@ table d.u(b int)
(SELECT a FROM d.t) UNION (SELECT b FROM d.u) ORDER BY a
--> select
--> reads d.t, d.u
--> a <- d.t:a identity, d.u:b identity
--> rows <- d.t:a sort, d.u:b sort
