--@ dialect duckdb
--@ table d.t(a INT, b INT)
SELECT MIN(COLUMNS(*)), COLUMNS(* EXCLUDE (a)) + 1 FROM d.t
--> select
--> reads d.t
--> a <- d.t:a aggregation
--> b <- d.t:b aggregation
--> b_1 <- d.t:b transformation
