--@ dialect tsql
CREATE FUNCTION dbo.f (@low INT) RETURNS TABLE AS RETURN (SELECT a FROM dbo.t WHERE a > @low)
GO
CREATE VIEW dbo.w AS SELECT a FROM dbo.t
--> create_function
--> select
--> reads dbo.t
--> a <- dbo.t:a identity
--> rows <- dbo.t:a filter
--> create_view
--> reads dbo.t
--> writes dbo.w
--> a <- dbo.t:a identity
