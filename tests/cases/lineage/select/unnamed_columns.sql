--@ table d.t(a INT64)
SELECT a + 1, COUNT(*) FROM d.t
--> select
--> reads d.t
--> _col_0 <- d.t:a transformation
--> _col_1 <- generated
