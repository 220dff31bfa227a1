--@ dialect clickhouse
--@ table d.t(k String, a UInt64)
CREATE MATERIALIZED VIEW m.v TO m.x AS SELECT k, sum(a) AS total FROM d.t GROUP BY k
--> create_view
--> reads d.t
--> writes m.x
--> k <- d.t:k identity
--> total <- d.t:a aggregation
--> rows <- d.t:k group_by
