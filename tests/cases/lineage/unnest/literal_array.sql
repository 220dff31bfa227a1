--@ table d.t(a STRING)
SELECT a, kind FROM d.t CROSS JOIN UNNEST(['x', 'y']) AS kind
--> select
--> reads d.t
--> a <- d.t:a identity
--> kind <- generated
--> type kind STRING
