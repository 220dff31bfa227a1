--@ table d.t(s RECORD, s.a INT64, s.b STRING)
SELECT s.a + 1 AS more, t.s.b FROM d.t AS t
--> select
--> reads d.t
--> more <- d.t:s.a transformation
--> b <- d.t:s.b identity
--> type more INT64
--> type b STRING
