--@ dialect redshift
--@ table d.t(a int, b varchar)
UNLOAD ('SELECT a FROM d.t WHERE b = ''x''') TO 's3://x/' IAM_ROLE 'role' PARQUET
--> export
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:b filter
