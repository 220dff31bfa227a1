--@ dialect hive
--@ table d.t(a INT)
LOAD DATA INPATH '/in/x' OVERWRITE INTO TABLE d.t
--> copy
--> writes d.t
--> a <- generated
