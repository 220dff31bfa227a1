--@ table m.x(id INT64, a INT64)
--@ table d.t(id INT64, a INT64)
MERGE m.x USING d.t AS s ON FALSE WHEN NOT MATCHED THEN INSERT ROW WHEN NOT MATCHED BY SOURCE THEN DELETE
--> merge
--> reads d.t
--> writes m.x
--> id <- d.t:id identity
--> a <- d.t:a identity
