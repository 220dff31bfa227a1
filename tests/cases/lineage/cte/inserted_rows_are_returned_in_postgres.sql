--@ dialect postgres
WITH added AS (INSERT INTO a.t (x) SELECT y FROM b.s RETURNING x) SELECT x FROM added
--> insert
--> reads b.s
--> writes a.t
--> x <- b.s:y identity
