--@ table d.t(a INT64, b INT64)
SELECT ARRAY_AGG(a ORDER BY b LIMIT 3) AS top FROM d.t
--> select
--> reads d.t
--> top <- d.t:a aggregation, d.t:b sort
--> type top ARRAY<INT64>
