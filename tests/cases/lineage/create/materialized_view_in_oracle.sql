--@ dialect oracle
--@ table D.T(A NUMBER)
CREATE MATERIALIZED VIEW m.x AS SELECT a FROM d.t
--> create_view
--> reads D.T
--> writes M.X
--> A <- D.T:A identity
