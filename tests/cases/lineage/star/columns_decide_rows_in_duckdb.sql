--@ dialect duckdb
--@ table d.t(a INT, b INT)
SELECT a FROM d.t WHERE COLUMNS(*) > 1
--> select
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:a filter, d.t:b filter
