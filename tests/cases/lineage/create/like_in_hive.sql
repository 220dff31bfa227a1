--@ dialect hive
--@ table d.t(a int)
CREATE TABLE m.x LIKE d.t
--> create_table
--> writes m.x
--> a <- generated
