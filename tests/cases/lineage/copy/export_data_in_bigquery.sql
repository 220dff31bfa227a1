--@ table d.t(a INT64, b INT64)
EXPORT DATA OPTIONS (uri = 'gs://bucket/x-*.csv', format = 'CSV') AS
SELECT a, SUM(b) AS total FROM d.t GROUP BY a
--> export
--> reads d.t
--> a <- d.t:a identity
--> total <- d.t:b aggregation
--> rows <- d.t:a group_by
