--@ table d.events_*(id STRING, n INT64)
SELECT id, _TABLE_SUFFIX AS day FROM `d.events_20240131` WHERE n > 0
--> select
--> reads d.events_*
--> id <- d.events_*:id identity
--> day <- d.events_*:_table_suffix identity
--> rows <- d.events_*:n filter
