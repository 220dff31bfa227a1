--@ table d.t(a INT64, b INT64)
SELECT /* one */ a -- two
  , /* three */ b /* four */ AS c # five
FROM /* six */ d.t -- seven
--> select
--> reads d.t
--> a <- d.t:a identity
--> c <- d.t:b identity
