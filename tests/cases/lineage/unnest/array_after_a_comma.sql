--@ table d.t(id INT64, tags ARRAY<STRING>)
SELECT id, tag FROM d.t AS t, t.tags AS tag
--> select
--> reads d.t
--> id <- d.t:id identity
--> tag <- d.t:tags identity
