--@ dialect tsql
--@ table d.t(a int)
SELECT a FROM d.t FOR SYSTEM_TIME AS OF '2026-01-01'
--> select
--> reads d.t
--> a <- d.t:a identity
