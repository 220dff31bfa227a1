--@ dialect duckdb
--@ table d.t(id INT, tags VARCHAR[])
SELECT id, UNNEST(tags) AS tag FROM d.t
--> select
--> reads d.t
--> id <- d.t:id identity
--> tag <- d.t:tags identity
