--@ dialect tsql
--@ table srv.db.d.t(a int)
SELECT a FROM srv.db.d.t
--> select
--> reads srv.db.d.t
--> a <- srv.db.d.t:a identity
