--@ table m.x(id INT64, a INT64, b INT64)
--@ table d.t(id INT64, a INT64, b INT64)
MERGE INTO m.x AS t
USING (SELECT id, a * 2 AS a, b FROM d.t WHERE b > 0) AS s
ON t.id = s.id
WHEN MATCHED AND s.b < 9 THEN UPDATE SET a = s.a
WHEN NOT MATCHED THEN INSERT (id, a, b) VALUES (s.id, s.a, s.b + 1)
--> merge
--> reads d.t
--> writes m.x
--> id <- d.t:id identity
--> a <- d.t:a transformation
--> b <- d.t:b transformation
--> rows <- d.t:b filter, d.t:id join, m.x:id join
--> text a = a * 2
--> text b = s.b + 1
--> line b 7
