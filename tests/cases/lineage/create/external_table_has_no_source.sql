--@ dialect hive
CREATE EXTERNAL TABLE m.x (a int, b string) STORED AS PARQUET LOCATION 's3://bucket/x'
--> create_table
--> writes m.x
--> a <- generated
--> b <- generated
