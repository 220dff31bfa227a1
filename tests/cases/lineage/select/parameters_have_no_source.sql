--@ table d.t(a DATE)
SELECT @run_date AS run_date, DATE_DIFF(@run_date, a, DAY) AS age FROM d.t
--> select
--> reads d.t
--> run_date <- generated
--> age <- d.t:a transformation
--> type age INT64
