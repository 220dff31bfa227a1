--@ dialect mysql
--@ table d.x(k int, p int)
INSERT INTO d.x (k, p) VALUES (1, 2) AS n ON DUPLICATE KEY UPDATE p = n.p + x.p
--> insert
--> writes d.x
--> k <- generated
--> p <- d.x:p transformation
