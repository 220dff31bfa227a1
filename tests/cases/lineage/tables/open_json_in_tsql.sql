--@ dialect tsql
--@ table d.t(id int, doc nvarchar)
SELECT t.id, j.a FROM d.t AS t CROSS APPLY OPENJSON(t.doc) WITH (a INT '$.a') AS j
--> select
--> reads d.t
--> id <- d.t:id identity
--> a <- d.t:doc transformation
