--@ dialect duckdb
--@ table d.t(aa INT, b INT)
SELECT COLUMNS('^a') FROM d.t
--> select
--> reads d.t
--> aa <- d.t:aa identity
