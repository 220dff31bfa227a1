--@ dialect spark
--@ table d.u(a INT, c INT)
--@ table d.x(p INT, q INT)
INSERT INTO d.x TABLE d.u
--> insert
--> reads d.u
--> writes d.x
--> p <- d.u:a identity
--> q <- d.u:c identity
