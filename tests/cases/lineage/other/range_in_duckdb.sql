--@ dialect duckdb
SELECT r.n FROM range(10) AS r (n)
--> select
--> n <- generated
