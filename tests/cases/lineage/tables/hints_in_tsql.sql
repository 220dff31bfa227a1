--@ dialect tsql
--@ table d.t(a int)
SELECT t.a FROM d.t AS t WITH (NOLOCK) OPTION (MAXDOP 1)
--> select
--> reads d.t
--> a <- d.t:a identity
