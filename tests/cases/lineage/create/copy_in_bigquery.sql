--@ table d.t(a INT64)
CREATE TABLE m.x COPY d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
