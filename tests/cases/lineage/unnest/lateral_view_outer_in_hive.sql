--@ dialect hive
--@ table d.t(id int, items array<int>)
SELECT id, item FROM d.t LATERAL VIEW OUTER explode(items) e AS item
--> select
--> reads d.t
--> id <- d.t:id identity
--> item <- d.t:items identity
