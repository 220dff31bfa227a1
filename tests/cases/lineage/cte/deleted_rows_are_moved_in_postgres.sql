--@ dialect postgres
--@ table d.t(id int, a int, day date)
WITH moved AS (DELETE FROM d.t WHERE day < '2026-01-01' RETURNING id, a)
INSERT INTO m.x (id, a) SELECT id, a FROM moved
--> insert
--> reads d.t
--> writes d.t, m.x
--> id <- d.t:id identity
--> a <- d.t:a identity
--> rows <- d.t:day filter, d.t:day filter
