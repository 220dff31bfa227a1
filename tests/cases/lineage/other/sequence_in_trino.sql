--@ dialect trino
SELECT n FROM UNNEST(sequence(1, 10)) AS t (n)
--> select
--> n <- generated
