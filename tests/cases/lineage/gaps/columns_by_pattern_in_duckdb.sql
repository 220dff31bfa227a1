--@ dialect duckdb
--@ table d.t(aa INT, b INT)
SELECT COLUMNS('a.*'), b FROM d.t
--> select
--> reads d.t
--> b <- d.t:b identity
--> gap unsupported
