--@ dialect tsql
IF 1 = 1 BEGIN INSERT INTO a.b SELECT x FROM c.d END
--> other
--> reads c.d
--> gap unsupported
