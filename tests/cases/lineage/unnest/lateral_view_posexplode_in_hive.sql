--@ dialect hive
--@ table d.t(id int, items array<int>)
SELECT id, item FROM d.t LATERAL VIEW posexplode(items) e AS place, item
--> select
--> reads d.t
--> id <- d.t:id identity
--> item <- d.t:items identity
