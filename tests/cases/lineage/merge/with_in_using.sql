--@ table d.t(id INT64, a INT64)
MERGE INTO m.x AS t USING (WITH y AS (SELECT id, a FROM d.t) SELECT id, a FROM y) AS s ON t.id = s.id
WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)
--> merge
--> reads d.t
--> writes m.x
--> id <- d.t:id identity
--> a <- d.t:a identity
--> rows <- d.t:id join, m.x:id join
