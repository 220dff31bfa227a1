--@ dialect databricks
--@ table d.t(id INT, at DATE)
SELECT id FROM d.t QUALIFY RANK() OVER (ORDER BY at) = 1
--> select
--> reads d.t
--> id <- d.t:id identity
--> rows <- d.t:at filter
