--@ dialect clickhouse
SELECT a, x FROM d.t FINAL ARRAY JOIN items AS x
--> select
--> reads d.t
--> a <- d.t:a identity
--> x <- d.t:items identity
