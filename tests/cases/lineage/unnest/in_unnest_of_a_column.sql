--@ table d.t(tags ARRAY<STRING>)
SELECT 'x' IN UNNEST(tags) AS has_x, ARRAY_LENGTH(tags) AS n FROM d.t
--> select
--> reads d.t
--> has_x <- d.t:tags transformation
--> n <- d.t:tags transformation
--> type has_x BOOL
--> type n INT64
