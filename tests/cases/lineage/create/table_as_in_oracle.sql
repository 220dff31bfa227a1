--@ dialect oracle
--@ table D.T(A NUMBER)
CREATE TABLE m.x AS SELECT a FROM d.t
--> create_table
--> reads D.T
--> writes M.X
--> A <- D.T:A identity
