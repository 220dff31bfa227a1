--@ table d.t(j JSON)
SELECT JSON_VALUE(j, '$.a') AS a, j.b.c AS c FROM d.t
--> select
--> reads d.t
--> a <- d.t:j transformation
--> c <- d.t:j.b.c identity
--> type a STRING
