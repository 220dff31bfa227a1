--@ dialect duckdb
SELECT * FROM READ_CSV('a.csv')
--> select
--> gap unknown_star
