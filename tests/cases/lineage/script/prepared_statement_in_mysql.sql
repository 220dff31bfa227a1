--@ dialect mysql
SET @q = 'INSERT INTO s.u (x) SELECT a FROM s.t';
PREPARE p FROM @q;
EXECUTE p;
DEALLOCATE PREPARE p;
--> other
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
--> other
--> other
