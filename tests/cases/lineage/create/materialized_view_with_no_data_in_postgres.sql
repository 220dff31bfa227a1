--@ dialect postgres
--@ table d.t(a int, b int)
CREATE MATERIALIZED VIEW d.v (x) AS SELECT a FROM d.t WHERE b > 0 WITH NO DATA
--> create_view
--> reads d.t
--> writes d.v
--> x <- d.t:a identity
--> rows <- d.t:b filter
