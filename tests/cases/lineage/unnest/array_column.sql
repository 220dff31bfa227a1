--@ table d.t(id INT64, tags ARRAY<STRING>)
SELECT id, tag, pos FROM d.t CROSS JOIN UNNEST(tags) AS tag WITH OFFSET AS pos
--> select
--> reads d.t
--> id <- d.t:id identity
--> tag <- d.t:tags identity
--> pos <- generated
--> type tag STRING
--> type pos INT64
