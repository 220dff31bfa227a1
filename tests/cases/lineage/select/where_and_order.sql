--@ table d.t(a INT64, b INT64, c INT64)
SELECT a FROM d.t WHERE b > 1 ORDER BY c, 1
--> select
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:a sort, d.t:b filter, d.t:c sort
