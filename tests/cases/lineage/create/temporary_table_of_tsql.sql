--@ dialect tsql
--@ table dbo.t(a int)
SELECT a, a * 2 AS twice INTO #x FROM dbo.t;
INSERT INTO dbo.y (p) SELECT twice FROM #x;
--> create_table
--> reads dbo.t
--> a <- dbo.t:a identity
--> twice <- dbo.t:a transformation
--> insert
--> reads dbo.t
--> writes dbo.y
--> p <- dbo.t:a transformation
