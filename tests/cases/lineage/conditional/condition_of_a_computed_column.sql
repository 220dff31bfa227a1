--@ table d.t(a INT64, b INT64)
SELECT IF(is_big, 'big', 'small') AS size FROM (SELECT a > b AS is_big FROM d.t)
--> select
--> reads d.t
--> size <- d.t:a conditional, d.t:b conditional
--> type size STRING
