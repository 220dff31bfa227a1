--@ table d.t(id INT64, a INT64, at TIMESTAMP)
SELECT latest.* FROM (SELECT ARRAY_AGG(t ORDER BY at DESC LIMIT 1)[OFFSET(0)] AS latest FROM d.t AS t GROUP BY id)
--> select
--> reads d.t
--> id <- d.t:id aggregation
--> a <- d.t:a aggregation
--> at <- d.t:at aggregation
--> rows <- d.t:id group_by
