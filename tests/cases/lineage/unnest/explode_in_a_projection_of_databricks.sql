--@ dialect databricks
SELECT id, EXPLODE(m) AS (k, v) FROM c.d.t
--> select
--> reads c.d.t
--> id <- c.d.t:id identity
--> k <- c.d.t:m identity
--> v <- c.d.t:m identity
