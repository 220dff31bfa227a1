--@ dialect postgres
WITH added AS (INSERT INTO a.t (x) SELECT y FROM b.s RETURNING x) SELECT x FROM added
--> select
--> reads b.s
--> x <- nothing
--> gap unsupported
