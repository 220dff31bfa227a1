--@ dialect databricks
--@ table m.x(id INT, a INT, k STRING)
UPDATE m.x SET a = CASE WHEN k = 'z' THEN 0 ELSE a END WHERE id > 1
--> update
--> writes m.x
--> a <- m.x:a transformation, m.x:k conditional
--> rows <- m.x:id filter
