--@ dialect hive
--@ table d.t(a int)
WITH x AS (SELECT a + 1 AS b FROM d.t) INSERT OVERWRITE TABLE m.x SELECT b FROM x
--> insert
--> reads d.t
--> writes m.x
--> b <- d.t:a transformation
