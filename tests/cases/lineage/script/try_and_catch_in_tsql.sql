--@ dialect tsql
BEGIN TRY
  BEGIN TRANSACTION;
  INSERT INTO dbo.u (x) SELECT a FROM dbo.t;
  COMMIT TRANSACTION;
END TRY
BEGIN CATCH
  IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
  INSERT INTO dbo.errors (message) SELECT ERROR_MESSAGE();
  THROW;
END CATCH;
SELECT b FROM dbo.t;
--> other
--> insert
--> reads dbo.t
--> writes dbo.u
--> x <- dbo.t:a identity
--> other
--> other
--> insert
--> writes dbo.errors
--> message <- generated
--> other
--> select
--> reads dbo.t
--> b <- dbo.t:b identity
