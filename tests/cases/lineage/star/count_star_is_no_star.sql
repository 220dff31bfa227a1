--@ table d.t(a INT64)
SELECT COUNT(*) AS n FROM d.t
--> select
--> reads d.t
--> n <- generated
