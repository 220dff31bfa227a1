--@ dialect tsql
IF EXISTS (SELECT 1 FROM dbo.t WHERE a = 1)
  INSERT INTO dbo.u (x) SELECT a FROM dbo.t
ELSE IF @n > 2
  DELETE FROM dbo.u
ELSE
BEGIN
  SELECT CASE WHEN a = 1 THEN 2 ELSE 3 END AS c FROM dbo.t
END
WHILE @n < 3
  SET @n = @n + 1
SELECT b FROM dbo.t
--> other
--> reads dbo.t
--> insert
--> reads dbo.t
--> writes dbo.u
--> x <- dbo.t:a identity
--> delete
--> writes dbo.u
--> select
--> reads dbo.t
--> c <- dbo.t:a conditional
--> other
--> select
--> reads dbo.t
--> b <- dbo.t:b identity
