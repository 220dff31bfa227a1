--@ dialect mysql
--@ table d.t(a int)
--@ table d.x(p int)
INSERT INTO d.x (p) SELECT a FROM d.t ON DUPLICATE KEY UPDATE p = VALUES(p) + p
--> insert
--> reads d.t
--> writes d.x
--> p <- d.t:a identity, d.t:a transformation, d.x:p transformation
