--@ dialect tsql
--@ table d.t(a int, b int)
--@ table d.u(a int, c int)
SELECT a FROM d.u
;WITH x AS (SELECT a, c FROM d.u)
MERGE d.t AS target USING x ON target.a = x.a
WHEN MATCHED THEN UPDATE SET target.b = x.c;
WITH y AS (SELECT a FROM d.t) SELECT a FROM y
MERGE d.t USING d.u ON t.a = u.a WHEN MATCHED THEN DELETE;
--> select
--> reads d.u
--> a <- d.u:a identity
--> merge
--> reads d.u
--> writes d.t
--> b <- d.u:c identity
--> rows <- d.t:a join, d.u:a join
--> select
--> reads d.t
--> a <- d.t:a identity
--> merge
--> reads d.u
--> writes d.t
--> rows <- d.t:a join, d.u:a join
