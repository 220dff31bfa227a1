--@ dialect snowflake
--@ table D.T(A INT, B INT)
CREATE OR REPLACE STREAM IF NOT EXISTS d.s ON TABLE d.t APPEND_ONLY = TRUE;
INSERT INTO d.u (a) SELECT b FROM d.s;
--> create_view
--> reads D.T
--> writes D.S
--> A <- D.T:A identity
--> B <- D.T:B identity
--> insert
--> reads D.S
--> writes D.U
--> A <- D.S:B identity
