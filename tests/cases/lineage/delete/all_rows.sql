DELETE FROM m.x WHERE TRUE
--> delete
--> writes m.x
