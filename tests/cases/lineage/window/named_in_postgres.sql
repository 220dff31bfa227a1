--@ dialect postgres
--@ table d.t(k int, a int, at timestamp)
SELECT sum(a) OVER w AS running FROM d.t WINDOW w AS (PARTITION BY k ORDER BY at)
--> select
--> reads d.t
--> running <- d.t:a aggregation, d.t:at window, d.t:k window
