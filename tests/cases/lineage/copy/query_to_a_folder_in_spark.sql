--@ dialect spark
--@ table d.t(a INT, b INT)
INSERT OVERWRITE DIRECTORY '/out/x' USING csv OPTIONS ('header' = 'true') SELECT a FROM d.t WHERE b > 0
--> export
--> reads d.t
--> a <- d.t:a identity
--> rows <- d.t:b filter
