--@ table d.events_*(id STRING)
SELECT * FROM `d.events_2024*`
--> select
--> reads d.events_*
--> id <- d.events_*:id identity
