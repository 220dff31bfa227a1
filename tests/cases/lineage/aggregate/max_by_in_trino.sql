--@ dialect trino
--@ table d.t(a bigint, b bigint)
SELECT max_by(a, b) AS latest FROM d.t
--> select
--> reads d.t
--> latest <- d.t:a aggregation, d.t:b conditional
