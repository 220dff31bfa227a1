--@ table m.x(id INT64, n INT64)
--@ table d.t(id INT64, n INT64)
MERGE INTO m.x AS t USING d.t AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = t.n + s.n
--> merge
--> reads d.t
--> writes m.x
--> n <- d.t:n transformation, m.x:n transformation
--> rows <- d.t:id join, m.x:id join
