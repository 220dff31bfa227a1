--@ dialect snowflake
SELECT f.x FROM TABLE(d.my_rows(1)) AS f
--> select
--> X <- nothing
--> gap unsupported
