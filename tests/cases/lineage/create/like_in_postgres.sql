--@ dialect postgres
--@ table d.t(a int, b text)
CREATE TABLE m.x (LIKE d.t INCLUDING ALL)
--> create_table
--> writes m.x
--> a <- generated
--> b <- generated
