--@ dialect redshift
--@ table d.stage(a int)
ALTER TABLE d.t APPEND FROM d.stage
--> alter
--> reads d.stage
--> writes d.t
--> a <- d.stage:a identity
