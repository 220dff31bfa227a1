DROP TABLE IF EXISTS d.t;
GRANT SELECT ON d.t TO 'x@example.com';
ALTER TABLE d.t ADD COLUMN c INT64;
TRUNCATE TABLE d.t;
BEGIN TRANSACTION;
COMMIT TRANSACTION;
CREATE SCHEMA m;
--> other
--> other
--> other
--> other
--> other
--> other
--> other
