--@ table d.t(id INT64, aht FLOAT64, rate FLOAT64)
SELECT id, amount FROM d.t UNPIVOT (amount FOR measure IN (aht, rat))
--> select
--> reads d.t
--> id <- d.t:id identity
--> amount <- d.t:aht identity
--> unknown d.t:rat
