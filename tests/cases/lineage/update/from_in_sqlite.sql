--@ dialect sqlite
--@ table x(id INTEGER, a INTEGER)
--@ table s(id INTEGER, a INTEGER)
UPDATE x SET a = s.a FROM s WHERE x.id = s.id
--> update
--> reads s
--> writes x
--> a <- s:a identity
--> rows <- s:id filter, x:id filter
