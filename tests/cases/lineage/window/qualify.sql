--@ table d.t(id INT64, at TIMESTAMP, v STRING)
SELECT id, v FROM d.t WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY at DESC) = 1
--> select
--> reads d.t
--> id <- d.t:id identity
--> v <- d.t:v identity
--> rows <- d.t:at filter, d.t:id filter
