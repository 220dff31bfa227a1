--@ dialect tsql
DECLARE @n INT = (SELECT MAX(a) FROM dbo.t)
SELECT @n = COUNT(*) FROM dbo.v
SELECT a, @n AS n FROM dbo.t
--> other
--> reads dbo.t
--> other
--> reads dbo.v
--> select
--> reads dbo.t
--> a <- dbo.t:a identity
--> n <- generated
