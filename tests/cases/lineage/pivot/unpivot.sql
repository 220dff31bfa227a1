--@ table d.t(id INT64, a FLOAT64, b FLOAT64)
SELECT id, measure, amount FROM d.t UNPIVOT (amount FOR measure IN (a, b))
--> select
--> reads d.t
--> id <- d.t:id identity
--> measure <- generated
--> amount <- d.t:a identity, d.t:b identity
--> type measure STRING
--> type amount FLOAT64
