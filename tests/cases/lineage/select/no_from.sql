SELECT 1 AS a, 'x' AS b, CURRENT_DATE() AS c
--> select
--> a <- generated
--> b <- generated
--> c <- generated
--> type c DATE
