--@ dialect duckdb
--@ table d.t(a INT, b INT, c INT)
SELECT * EXCLUDE (b) FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> c <- d.t:c identity
