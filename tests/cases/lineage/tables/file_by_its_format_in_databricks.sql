--@ dialect databricks
CREATE TABLE d.n AS SELECT a, UPPER(b) AS b FROM parquet.`/in/x`
--> create_table
--> writes d.n
--> a <- generated
--> b <- generated
