SELECT day FROM UNNEST(GENERATE_DATE_ARRAY('2026-01-01', '2026-02-01')) AS day
--> select
--> day <- generated
--> type day DATE
