--@ dialect duckdb
--@ table m.x(id INT, a INT)
--@ table d.s(a INT, id INT)
INSERT INTO m.x BY NAME SELECT a, id FROM d.s
--> insert
--> reads d.s
--> writes m.x
--> a <- d.s:a identity
--> id <- d.s:id identity
