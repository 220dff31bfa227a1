--@ dialect snowflake
--@ table D.NEW(A INT)
ALTER TABLE IF EXISTS d.t SWAP WITH d.new
--> alter
--> reads D.NEW
--> writes D.T
--> A <- D.NEW:A identity
