SELECT n FROM UNNEST(GENERATE_ARRAY(1, 10)) AS n
--> select
--> n <- generated
