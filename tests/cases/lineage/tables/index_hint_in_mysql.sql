--@ dialect mysql
--@ table d.t(a int)
SELECT a FROM d.t USE INDEX (i) WHERE a = 1
--> select
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:a filter
