--@ table d.t(id INT64, since DATE, until DATE)
SELECT id, day FROM d.t CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(since, until)) AS day
--> select
--> reads d.t
--> id <- d.t:id identity
--> day <- d.t:since transformation, d.t:until transformation
