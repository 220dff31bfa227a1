--@ dialect duckdb
--@ table d.t(a INT, b INT, c INT)
SELECT MAX(COLUMNS(['a', 'c'])) AS most FROM d.t GROUP BY b
--> select
--> reads d.t
--> most <- d.t:a aggregation
--> most_1 <- d.t:c aggregation
--> rows <- d.t:b group_by
