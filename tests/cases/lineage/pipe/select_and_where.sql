--@ table d.t(a INT64, b INT64)
FROM d.t |> WHERE a > 1 |> SELECT a, b + 1 AS c
--> select
--> reads d.t
--> a <- d.t:a identity
--> c <- d.t:b transformation
--> rows <- d.t:a filter
