--@ dialect postgres
SELECT day FROM generate_series('2026-01-01'::date, '2026-02-01'::date, '1 day') AS s (day)
--> select
--> day <- generated
