--@ dialect duckdb
--@ table d.t(a INT, b INT)
SELECT COLUMNS(c -> length(c) > 3) FROM d.t
--> select
--> reads d.t
--> gap unsupported
