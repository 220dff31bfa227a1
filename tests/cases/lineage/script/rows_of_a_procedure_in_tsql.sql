--@ dialect tsql
INSERT INTO dbo.u (x) EXEC dbo.p 1
SELECT a FROM dbo.t
--> other
--> gap unsupported
--> select
--> reads dbo.t
--> a <- dbo.t:a identity
