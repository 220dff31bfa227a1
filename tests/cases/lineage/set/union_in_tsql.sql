--@ dialect tsql
--@ table d.t(a int)
--@ table d.u(b int)
SELECT a AS x FROM d.t UNION ALL SELECT b FROM d.u
--> select
--> reads d.t, d.u
--> x <- d.t:a identity, d.u:b identity
