--@ dialect trino
--@ table c.d.s(id bigint, a bigint)
INSERT INTO c.m.x (id, a) SELECT id, a FROM c.d.s WHERE a IS NOT NULL
--> insert
--> reads c.d.s
--> writes c.m.x
--> id <- c.d.s:id identity
--> a <- c.d.s:a identity
--> rows <- c.d.s:a filter
