--@ dialect snowflake
USE DATABASE raw;
USE SCHEMA events;
SELECT a FROM t;
USE SCHEMA other.place;
SELECT b FROM t;
USE ROLE reader;
SELECT c FROM x.y.t;
--> other
--> other
--> select
--> reads RAW.EVENTS.T
--> A <- RAW.EVENTS.T:A identity
--> other
--> select
--> reads OTHER.PLACE.T
--> B <- OTHER.PLACE.T:B identity
--> other
--> select
--> reads X.Y.T
--> C <- X.Y.T:C identity
