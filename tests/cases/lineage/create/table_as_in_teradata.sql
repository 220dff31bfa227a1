--@ dialect teradata
--@ table D.T(A INTEGER)
CREATE TABLE m.x AS (SELECT a AS b FROM d.t) WITH DATA
--> create_table
--> reads D.T
--> writes M.X
--> B <- D.T:A identity
