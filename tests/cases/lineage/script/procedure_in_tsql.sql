--@ dialect tsql
CREATE OR ALTER PROCEDURE dbo.load @day DATE, @n INT = 1
AS
BEGIN
  SET NOCOUNT ON
  INSERT INTO dbo.u (x) SELECT a FROM dbo.t WHERE d = @day
  UPDATE dbo.u SET y = 0 WHERE y IS NULL
  DELETE FROM dbo.v
  SELECT x FROM dbo.u
END
GO
EXEC dbo.load '2024-01-01'
GO
SELECT b FROM dbo.t
--> create_procedure
--> other
--> insert
--> reads dbo.t
--> writes dbo.u
--> x <- dbo.t:a identity
--> rows <- dbo.t:d filter
--> update
--> writes dbo.u
--> y <- generated
--> rows <- dbo.u:y filter
--> delete
--> writes dbo.v
--> select
--> reads dbo.u
--> x <- dbo.u:x identity
--> other
--> select
--> reads dbo.t
--> b <- dbo.t:b identity
