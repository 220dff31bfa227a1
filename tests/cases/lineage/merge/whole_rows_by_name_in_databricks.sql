--@ dialect databricks
--@ table m.x(id INT, a INT)
--@ table d.s(a INT, id INT)
MERGE INTO m.x AS t USING d.s AS s ON t.id = s.id
WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *
--> merge
--> reads d.s
--> writes m.x
--> a <- d.s:a identity
--> id <- d.s:id identity
--> rows <- d.s:id join, m.x:id join
