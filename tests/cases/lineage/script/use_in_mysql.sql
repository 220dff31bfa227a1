--@ dialect mysql
USE shop;
SELECT a FROM t;
--> other
--> select
--> reads shop.t
--> a <- shop.t:a identity
