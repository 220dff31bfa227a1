--@ table d.t(a INT64, b STRING)
SELECT a, b AS renamed, 1 AS one, a + 1 AS more, UPPER(b) AS loud, NULL AS nothing_there
FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> renamed <- d.t:b identity
--> one <- generated
--> more <- d.t:a transformation
--> loud <- d.t:b transformation
--> nothing_there <- generated
--> type a INT64
--> type one INT64
--> type more INT64
--> type loud STRING
--> text more = a + 1
--> text renamed = b
--> line more 2
