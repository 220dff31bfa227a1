--@ dialect athena
--@ table d.t(a int, b int)
UNLOAD (SELECT a, b + 1 AS c FROM d.t WHERE b > 0) TO 's3://x/' WITH (format = 'PARQUET')
--> export
--> reads d.t
--> a <- d.t:a identity
--> c <- d.t:b transformation
--> rows <- d.t:b filter
