--@ table m.x(id INT64, a INT64)
UPDATE m.x SET a = 0 WHERE id > 5
--> update
--> writes m.x
--> a <- generated
--> rows <- m.x:id filter
