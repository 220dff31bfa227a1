CREATE TABLE m.x (a INT64, b STRING)
--> create_table
--> writes m.x
--> a <- generated
--> b <- generated
--> type b STRING
