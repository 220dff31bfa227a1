--@ table d.t(a INT64)
SELECT a FROM d.t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00'
--> select
--> reads d.t
--> a <- d.t:a identity
