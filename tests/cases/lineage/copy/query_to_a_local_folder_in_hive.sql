--@ dialect hive
--@ table d.t(a INT)
INSERT OVERWRITE LOCAL DIRECTORY '/out/x' SELECT a + 1 AS b FROM d.t
--> export
--> reads d.t
--> b <- d.t:a transformation
