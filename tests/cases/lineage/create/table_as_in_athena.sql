--@ dialect athena
--@ table d.t(a int)
CREATE TABLE m.x WITH (format = 'ORC') AS SELECT a FROM d.t
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
