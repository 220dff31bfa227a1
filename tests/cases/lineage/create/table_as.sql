--@ table d.t(a INT64, b STRING)
CREATE OR REPLACE TABLE m.x PARTITION BY a CLUSTER BY b AS
SELECT a, UPPER(b) AS b FROM d.t;
--> create_table
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
--> b <- d.t:b transformation
--> line b 3
