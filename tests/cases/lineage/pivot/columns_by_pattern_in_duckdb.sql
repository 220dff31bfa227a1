--@ dialect duckdb
--@ table d.t(id INT, sum_a INT, sum_b INT)
SELECT id, COLUMNS('sum_.*') FROM d.t
--> select
--> reads d.t
--> id <- d.t:id identity
--> sum_a <- d.t:sum_a identity
--> sum_b <- d.t:sum_b identity
