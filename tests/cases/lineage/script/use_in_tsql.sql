--@ dialect tsql
USE sales
GO
SELECT a FROM dbo.t
--> other
--> select
--> reads sales.dbo.t
--> a <- sales.dbo.t:a identity
