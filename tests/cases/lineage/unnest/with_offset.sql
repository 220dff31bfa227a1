--@ table d.t(id INT64, items ARRAY<INT64>)
SELECT id, item, place FROM d.t, UNNEST(items) AS item WITH OFFSET AS place
--> select
--> reads d.t
--> id <- d.t:id identity
--> item <- d.t:items identity
--> place <- generated
