SELECT a FROM d.t JOIN d.u ON t.id = u.id
--> select
--> reads d.t, d.u
--> a <- d.t:a identity ambiguous, d.u:a identity ambiguous
--> rows <- d.t:id join, d.u:id join
--> gap ambiguous
