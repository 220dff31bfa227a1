--@ table d.t(id INT64)
--@ table d.u(id INT64)
SELECT id FROM d.t AS t CROSS JOIN d.u AS u
--> select
--> reads d.t, d.u
--> id <- d.t:id identity ambiguous, d.u:id identity ambiguous
--> gap ambiguous
