--@ dialect snowflake
--@ table D.U(K INT, C INT)
CREATE TABLE d.n AS
SELECT s.$1 AS x, u.c, s.METADATA$FILENAME AS f FROM @d.stage/in AS s JOIN d.u AS u ON u.k = s.$2
--> create_table
--> reads D.U
--> writes D.N
--> X <- generated
--> C <- D.U:C identity
--> F <- generated
--> rows <- D.U:K join
