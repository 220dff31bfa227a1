--@ dialect databricks
--@ table d.t(a INT, b INT)
COPY INTO d.t FROM (SELECT _c1 AS b FROM 's3://x/y') FILEFORMAT = CSV
--> copy
--> writes d.t
--> b <- generated
