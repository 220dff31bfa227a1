--@ dialect postgres
--@ table d.t(a int, b int)
COPY d.t (b) FROM '/in/x.csv' WITH (FORMAT csv)
--> copy
--> writes d.t
--> b <- generated
