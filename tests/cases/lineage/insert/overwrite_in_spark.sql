--@ dialect spark
--@ table d.t(a INT)
INSERT OVERWRITE TABLE m.x SELECT a FROM d.t
--> insert
--> reads d.t
--> writes m.x
--> a <- d.t:a identity
