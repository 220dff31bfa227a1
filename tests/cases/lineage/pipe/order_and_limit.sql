--@ table d.t(a INT64)
FROM d.t |> ORDER BY a |> LIMIT 5
--> select
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:a sort
