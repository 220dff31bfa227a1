--@ dialect snowflake
--@ table D.T(USER_ID INT, USER_NAME TEXT, AGE INT)
SELECT * ILIKE 'user%' FROM d.t
--> select
--> reads D.T
--> USER_ID <- D.T:USER_ID identity
--> USER_NAME <- D.T:USER_NAME identity
