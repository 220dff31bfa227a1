--@ dialect spark
--@ table d.t(id INT, tags ARRAY<STRING>)
SELECT id, tag FROM d.t LATERAL VIEW EXPLODE(tags) x AS tag
--> select
--> reads d.t
--> id <- d.t:id identity
--> tag <- d.t:tags identity
