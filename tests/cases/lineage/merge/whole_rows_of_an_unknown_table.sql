--@ dialect databricks
MERGE INTO m.x AS t USING d.s AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT *
--> merge
--> reads d.s
--> writes m.x
--> rows <- d.s:id join, m.x:id join
--> gap unknown_star
