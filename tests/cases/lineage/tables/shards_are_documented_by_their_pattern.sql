--@ table d.daily_yyyymmdd(id STRING)
--@ table d.raw_*(id STRING)
CREATE TABLE d.daily_20240131 AS SELECT id FROM `d.raw_*`
--> create_table
--> reads d.raw_*
--> writes d.daily_yyyymmdd
--> id <- d.raw_*:id identity
