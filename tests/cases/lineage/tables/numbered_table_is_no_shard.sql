--@ table d.events_*(id STRING)
--@ table d.events_20240131(id STRING, x INT64)
SELECT a.x, b.id, c.y FROM d.events_20240131 AS a JOIN d.events_7 AS b ON TRUE JOIN d.other_20240131 AS c ON TRUE
--> select
--> reads d.events_20240131, d.events_7, d.other_20240131
--> x <- d.events_20240131:x identity
--> id <- d.events_7:id identity
--> y <- d.other_20240131:y identity
