--@ dialect duckdb
--@ table d.t(id INT, a INT, b INT)
UNPIVOT d.t ON a, b INTO NAME k VALUE v
--> select
--> reads d.t
--> id <- d.t:id identity
--> k <- generated
--> v <- d.t:a identity, d.t:b identity
