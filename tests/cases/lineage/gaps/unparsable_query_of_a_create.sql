CREATE OR REPLACE TABLE m.x AS SELECT a FROM WHERE b;
--> unparsed
--> gap syntax
