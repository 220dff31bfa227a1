--@ dialect postgres
ALTER TABLE d.t RENAME TO u;
ALTER TABLE d.t ADD COLUMN x int;
ALTER TABLE d.t ATTACH PARTITION d.p FOR VALUES IN (1);
--> other
--> other
--> other
