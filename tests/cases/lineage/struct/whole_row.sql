--@ table d.t(a INT64, b STRING)
SELECT TO_JSON_STRING(t) AS j FROM d.t AS t
--> select
--> reads d.t
--> j <- d.t:a transformation, d.t:b transformation
--> type j STRING
