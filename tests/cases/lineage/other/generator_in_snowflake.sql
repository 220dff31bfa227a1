--@ dialect snowflake
SELECT SEQ4() AS n FROM TABLE(GENERATOR(ROWCOUNT => 10))
--> select
--> N <- generated
