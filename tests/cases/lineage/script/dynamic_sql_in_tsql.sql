--@ dialect tsql
DECLARE @table SYSNAME = N'dbo.t', @sql NVARCHAR(MAX)
SET @sql = N'INSERT INTO dbo.u (x) '
SET @sql += N'SELECT a FROM ' + @table
EXEC sp_executesql @sql
EXEC (N'DELETE FROM dbo.v')
EXEC sys.sp_executesql @stmt = N'SELECT b FROM dbo.t WHERE c = @p', @params = N'@p INT', @p = 1
EXEC (@unknown)
--> other
--> other
--> other
--> insert
--> reads dbo.t
--> writes dbo.u
--> x <- dbo.t:a identity
--> delete
--> writes dbo.v
--> select
--> reads dbo.t
--> b <- dbo.t:b identity
--> rows <- dbo.t:c filter
--> other
--> gap dynamic_sql
