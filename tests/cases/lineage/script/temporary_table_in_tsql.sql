--@ dialect tsql
CREATE TABLE #x (id INT, v INT);
INSERT INTO #x SELECT a, b FROM dbo.t;
UPDATE #x SET v = v + id;
INSERT INTO dbo.u (p) SELECT v FROM #x;
DROP TABLE #x;
--> create_table
--> id <- generated
--> v <- generated
--> insert
--> reads dbo.t
--> id <- dbo.t:a identity
--> v <- dbo.t:b identity
--> update
--> v <- dbo.t:a transformation, dbo.t:b transformation
--> insert
--> reads dbo.t
--> writes dbo.u
--> p <- dbo.t:a transformation, dbo.t:b transformation
--> other
