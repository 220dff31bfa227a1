--@ dialect teradata
--@ table D.T(A INT)
REPLACE VIEW d.v AS SELECT a FROM d.t
--> create_view
--> reads D.T
--> writes D.V
--> A <- D.T:A identity
