--@ dialect sqlite
--@ table s(id INTEGER, a INTEGER)
INSERT OR REPLACE INTO x (id, a) SELECT id, a FROM s
--> insert
--> reads s
--> writes x
--> id <- s:id identity
--> a <- s:a identity
