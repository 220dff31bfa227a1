--@ dialect redshift
--@ table d.t(a int, k int)
CREATE MATERIALIZED VIEW m.x AUTO REFRESH YES AS SELECT k, MAX(a) AS most FROM d.t GROUP BY k
--> create_view
--> reads d.t
--> writes m.x
--> k <- d.t:k identity
--> most <- d.t:a aggregation
--> rows <- d.t:k group_by
