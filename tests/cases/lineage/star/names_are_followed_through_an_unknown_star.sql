WITH x AS (SELECT *, 1 AS one FROM d.t) SELECT a, one FROM x
--> select
--> reads d.t
--> a <- d.t:a identity
--> one <- generated
