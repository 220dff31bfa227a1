--@ dialect mysql
--@ table d.t(k int, a int)
SELECT RANK() OVER (PARTITION BY k ORDER BY a DESC) AS place FROM d.t
--> select
--> reads d.t
--> place <- d.t:a window, d.t:k window
