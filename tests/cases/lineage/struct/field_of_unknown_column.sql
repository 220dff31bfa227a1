SELECT t.s.a FROM d.t AS t
--> select
--> reads d.t
--> a <- d.t:s.a identity
