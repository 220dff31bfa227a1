SELECT k FROM d.t, UNNEST(kv)
--> select
--> reads d.t
--> k <- d.t:k identity ambiguous, d.t:kv.k identity ambiguous
--> gap ambiguous
