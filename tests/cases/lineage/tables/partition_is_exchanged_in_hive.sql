--@ dialect hive
--@ table d.stage(a INT, b INT)
ALTER TABLE d.t EXCHANGE PARTITION (day = '2026-01-15') WITH TABLE d.stage
--> alter
--> reads d.stage
--> writes d.t
--> a <- d.stage:a identity
--> b <- d.stage:b identity
