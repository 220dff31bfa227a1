--@ dialect mysql
--@ table d.t(k int, a int)
SELECT IF(k > 1, a, 0) AS v FROM d.t
--> select
--> reads d.t
--> v <- d.t:a transformation, d.t:k conditional
