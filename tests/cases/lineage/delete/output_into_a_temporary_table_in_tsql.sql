--@ dialect tsql
--@ table d.t(a int, b int)
CREATE TABLE #gone (a int, b int);
DELETE FROM d.t OUTPUT deleted.* INTO #gone;
SELECT a FROM #gone;
--> create_table
--> a <- generated
--> b <- generated
--> delete
--> reads d.t
--> writes d.t
--> select
--> reads d.t
--> a <- d.t:a identity
