--@ table d.t(id INT64, at TIMESTAMP)
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY at) AS rn FROM d.t) WHERE rn = 1
--> select
--> reads d.t
--> id <- d.t:id identity
--> rows <- d.t:at filter, d.t:id filter
