--@ table d.t(a INT64)
SELECT x.a FROM d.t AS y
--> select
--> reads d.t
--> a <- nothing
--> gap unknown_column
