--@ dialect duckdb
--@ table d.t(ax INT, ay INT, b INT)
SELECT COLUMNS(c -> c LIKE 'a%' AND NOT c = 'ay') FROM d.t
--> select
--> reads d.t
--> ax <- d.t:ax identity
