--@ dialect tsql
--@ table dbo.t(a int, b int)
WITH x AS (SELECT a, b FROM dbo.t) INSERT INTO dbo.y (p, q) SELECT b, a FROM x
--> insert
--> reads dbo.t
--> writes dbo.y
--> p <- dbo.t:b identity
--> q <- dbo.t:a identity
