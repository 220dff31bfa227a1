--@ table d.t(id INT64, labels ARRAY<STRUCT<severity INT64>>)
SELECT e.id, (SELECT MAX(l.severity) FROM UNNEST(e.labels) AS l) AS worst FROM d.t AS e
--> select
--> reads d.t
--> id <- d.t:id identity
--> worst <- d.t:labels.severity aggregation
--> type worst INT64
