--@ table m.x(id INT64, a INT64)
--@ table d.t(id INT64, a INT64)
MERGE INTO m.x AS t USING d.t AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.aa
--> merge
--> reads d.t
--> writes m.x
--> a <- nothing
--> rows <- d.t:id join, m.x:id join
--> unknown d.t:aa
