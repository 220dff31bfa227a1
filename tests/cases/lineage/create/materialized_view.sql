--@ table d.t(a INT64, b STRING)
CREATE MATERIALIZED VIEW m.v AS SELECT b, SUM(a) AS a FROM d.t GROUP BY b
--> create_view
--> reads d.t
--> writes m.v
--> b <- d.t:b identity
--> a <- d.t:a aggregation
--> rows <- d.t:b group_by
