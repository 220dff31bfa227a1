--@ table d.t(id INT64, items ARRAY<STRUCT<sku STRING, price FLOAT64>>)
SELECT t.id, i.sku, i.price * 2 AS twice FROM d.t AS t, UNNEST(t.items) AS i
--> select
--> reads d.t
--> id <- d.t:id identity
--> sku <- d.t:items.sku identity
--> twice <- d.t:items.price transformation
--> type twice FLOAT64
