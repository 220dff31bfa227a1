--@ table d.t(a INT64)
WITH x AS (SELECT a FROM d.t) SELECT a FROM x UNION ALL SELECT a * 2 FROM x ORDER BY a
--> select
--> reads d.t
--> a <- d.t:a identity, d.t:a transformation
--> rows <- d.t:a sort
