--@ dialect postgres
SELECT n FROM GENERATE_SERIES(1, 10) AS g(n)
--> select
--> n <- generated
