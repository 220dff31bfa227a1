--@ dialect databricks
SELECT f.a FROM read_files('/in/x', format => 'csv') AS f
--> select
--> a <- generated
