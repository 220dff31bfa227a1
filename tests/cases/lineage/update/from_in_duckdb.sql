--@ dialect duckdb
--@ table m.x(id INT, a INT)
--@ table d.s(id INT, a INT)
UPDATE m.x SET a = s.a FROM d.s AS s WHERE x.id = s.id
--> update
--> reads d.s
--> writes m.x
--> a <- d.s:a identity
--> rows <- d.s:id filter, m.x:id filter
