--@ dialect mysql
--@ table d.t(id int, doc json)
SELECT t.id, j.a FROM d.t AS t, JSON_TABLE(t.doc, '$[*]' COLUMNS (a INT PATH '$.a')) AS j
--> select
--> reads d.t
--> id <- d.t:id identity
--> a <- d.t:doc transformation
