--@ dialect tsql
--@ table d.stage(a int)
ALTER TABLE d.stage SWITCH TO d.t PARTITION 3
--> alter
--> reads d.stage
--> writes d.t
--> a <- d.stage:a identity
