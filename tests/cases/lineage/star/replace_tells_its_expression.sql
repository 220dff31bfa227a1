--@ table d.t(id INT64, name STRING)
SELECT * REPLACE (UPPER(name) AS name) FROM d.t
--> select
--> reads d.t
--> id <- d.t:id identity
--> name <- d.t:name transformation
--> text name = UPPER(name)
