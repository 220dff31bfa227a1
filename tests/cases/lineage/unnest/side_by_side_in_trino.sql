--@ dialect trino
SELECT t.a, u.x, u.y FROM d.t CROSS JOIN UNNEST(t.p, t.q) AS u (x, y)
--> select
--> reads d.t
--> a <- d.t:a identity
--> x <- d.t:p identity
--> y <- d.t:q identity
