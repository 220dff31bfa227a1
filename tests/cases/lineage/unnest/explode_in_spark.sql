--@ dialect spark
--@ table d.t(id INT, items ARRAY<INT>)
SELECT id, explode(items) AS item FROM d.t
--> select
--> reads d.t
--> id <- d.t:id identity
--> item <- d.t:items identity
