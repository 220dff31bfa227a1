--@ dialect tsql
--@ table d.t(a int)
--@ table d.u(c int)
DECLARE @ids TABLE (id int);
INSERT INTO d.t (a) OUTPUT inserted.a INTO @ids SELECT c FROM d.u;
INSERT INTO d.log (x) SELECT id FROM @ids;
--> create_table
--> id <- generated
--> insert
--> reads d.u
--> writes d.t
--> a <- d.u:c identity
--> insert
--> reads d.u
--> writes d.log
--> x <- d.u:c identity
