--@ dialect tsql
DECLARE c CURSOR FOR SELECT a FROM dbo.t
OPEN c
FETCH NEXT FROM c INTO @a
WHILE @@FETCH_STATUS = 0
BEGIN
  INSERT INTO dbo.u (x) VALUES (@a)
  FETCH NEXT FROM c INTO @a
END
CLOSE c
DEALLOCATE c
--> other
--> reads dbo.t
--> other
--> other
--> insert
--> writes dbo.u
--> x <- generated
--> other
--> other
--> other
