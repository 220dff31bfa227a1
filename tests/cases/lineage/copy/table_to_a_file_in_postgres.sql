--@ dialect postgres
--@ table d.t(a int, b int)
COPY d.t TO '/x.csv'
--> copy
--> reads d.t
--> a <- d.t:a identity
--> b <- d.t:b identity
