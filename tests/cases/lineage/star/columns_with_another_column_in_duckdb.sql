--@ dialect duckdb
--@ table d.t(a INT, b INT)
--@ table d.u(k INT, c INT)
CREATE TABLE d.n AS SELECT COALESCE(COLUMNS(t.*), u.c) FROM d.t AS t JOIN d.u AS u ON t.a = u.k
--> create_table
--> reads d.t, d.u
--> writes d.n
--> a <- d.t:a transformation, d.u:c transformation
--> b <- d.t:b transformation, d.u:c transformation
--> rows <- d.t:a join, d.u:k join
