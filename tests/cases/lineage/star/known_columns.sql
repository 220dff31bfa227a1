--@ table d.t(a INT64, b STRING)
SELECT * FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> type b STRING
--> text a = *
