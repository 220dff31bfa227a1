--@ dialect tsql
IF 1 = 1 BEGIN INSERT INTO a.b (y) SELECT x FROM c.d END
--> insert
--> reads c.d
--> writes a.b
--> y <- c.d:x identity
