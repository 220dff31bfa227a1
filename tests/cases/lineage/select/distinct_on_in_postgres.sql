--@ dialect postgres
--@ table d.t(a int, b int, c int)
SELECT DISTINCT ON (a) a, b FROM d.t ORDER BY a, c DESC
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> rows <- d.t:a group_by, d.t:a sort, d.t:c sort
--> text b = b
