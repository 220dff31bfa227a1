--@ table d.t(id INT64, state STRING, minutes FLOAT64)
SELECT * FROM (SELECT id, state, minutes FROM d.t)
PIVOT (SUM(minutes) FOR state IN ('BUSY' AS busy, 'IDLE' AS idle))
--> select
--> reads d.t
--> id <- d.t:id identity
--> busy <- d.t:minutes aggregation, d.t:state conditional
--> idle <- d.t:minutes aggregation, d.t:state conditional
--> rows <- d.t:state filter
--> type busy FLOAT64
