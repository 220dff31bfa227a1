--@ dialect tsql
--@ table d.t(firstname int)
SELECT [FirstName] AS n FROM [d].[t]
--> select
--> reads d.t
--> n <- d.t:firstname identity
