--@ dialect snowflake
--@ table D.T(A INT)
CREATE MATERIALIZED VIEW m.x AS SELECT a FROM d.t
--> create_view
--> reads D.T
--> writes M.X
--> A <- D.T:A identity
