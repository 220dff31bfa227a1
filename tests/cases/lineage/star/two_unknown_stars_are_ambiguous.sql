WITH x AS (SELECT * FROM d.t CROSS JOIN d.u) SELECT a FROM x
--> select
--> reads d.t, d.u
--> a <- d.t:a identity ambiguous, d.u:a identity ambiguous
