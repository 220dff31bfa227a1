--@ dialect postgres
--@ table d.t(a int)
SELECT v.x, v.y, t.a FROM (VALUES (1, 'p'), (2, 'q')) AS v(x, y) CROSS JOIN d.t
--> select
--> reads d.t
--> x <- generated
--> y <- generated
--> a <- d.t:a identity
