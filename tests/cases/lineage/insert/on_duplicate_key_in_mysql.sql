--@ dialect mysql
--@ table m.x(id int, n int)
--@ table d.s(id int, n int)
INSERT INTO m.x (id, n) SELECT id, n FROM d.s ON DUPLICATE KEY UPDATE n = VALUES(n)
--> insert
--> reads d.s
--> writes m.x
--> id <- d.s:id identity
--> n <- d.s:n identity
