--@ dialect mysql
--@ table d.t(a int)
--@ table d.u(c int)
CREATE PROCEDURE p() BEGIN REPLACE LOW_PRIORITY INTO d.t SELECT c FROM d.u; END
--> create_procedure
--> insert
--> reads d.u
--> writes d.t
--> a <- d.u:c identity
