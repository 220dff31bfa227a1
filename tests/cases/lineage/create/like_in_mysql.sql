--@ dialect mysql
--@ table d.t(a int, b text)
CREATE TABLE m.x LIKE d.t
--> create_table
--> writes m.x
--> a <- generated
--> b <- generated
