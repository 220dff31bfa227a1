--@ dialect databricks
--@ table d.t(a INT, b INT)
CREATE OR REFRESH STREAMING TABLE d.n AS SELECT a FROM STREAM(d.t) WHERE b > 0
--> create_table
--> reads d.t
--> writes d.n
--> a <- d.t:a identity
--> rows <- d.t:b filter
