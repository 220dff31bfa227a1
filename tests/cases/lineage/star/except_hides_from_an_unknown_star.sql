WITH x AS (SELECT * EXCEPT (a) FROM d.t) SELECT x.a, x.b FROM x
--> select
--> reads d.t
--> a <- nothing
--> b <- d.t:b identity
--> unknown x:a
