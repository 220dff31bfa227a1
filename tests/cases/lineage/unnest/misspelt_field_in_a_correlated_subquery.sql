--@ table d.t(labels ARRAY<STRUCT<severity INT64>>)
SELECT (SELECT MAX(l.sevrity) FROM UNNEST(e.labels) AS l) AS worst FROM d.t AS e
--> select
--> reads d.t
--> worst <- nothing
--> unknown d.t:labels.sevrity
