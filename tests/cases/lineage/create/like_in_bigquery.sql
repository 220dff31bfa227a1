--@ table d.t(a INT64, b STRING)
CREATE TABLE m.x LIKE d.t
--> create_table
--> writes m.x
--> a <- generated
--> b <- generated
