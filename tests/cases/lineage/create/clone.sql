--@ table d.t(a INT64, b STRING)
CREATE TABLE m.x CLONE d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
--> b <- d.t:b identity
