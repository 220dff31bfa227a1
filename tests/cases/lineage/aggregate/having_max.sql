--@ table d.t(a STRING, at TIMESTAMP)
SELECT ANY_VALUE(a HAVING MAX at) AS last_a FROM d.t
--> select
--> reads d.t
--> last_a <- d.t:a aggregation, d.t:at conditional
--> type last_a STRING
