--@ table d.t(a INT64, b INT64)
FROM d.t |> EXTEND a + b AS c
--> select
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
--> c <- d.t:a transformation, d.t:b transformation
