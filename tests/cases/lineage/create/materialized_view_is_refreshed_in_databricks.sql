--@ dialect databricks
--@ table d.t(a INT)
CREATE OR REFRESH MATERIALIZED VIEW d.v AS SELECT MAX(a) AS m FROM d.t
--> create_view
--> reads d.t
--> writes d.v
--> m <- d.t:a aggregation
