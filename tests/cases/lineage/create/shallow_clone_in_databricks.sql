--@ dialect databricks
--@ table d.t(a INT)
CREATE TABLE m.x SHALLOW CLONE d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
