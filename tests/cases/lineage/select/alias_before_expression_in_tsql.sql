--@ dialect tsql
--@ table dbo.t(a int, b int)
SELECT TOP (10) total = a + b, [a] AS [first one] FROM [dbo].[t] WITH (NOLOCK)
--> select
--> reads dbo.t
--> total <- dbo.t:a transformation, dbo.t:b transformation
--> first one <- dbo.t:a identity
--> text total = a + b
--> text first one = [a]
