--@ dialect athena
--@ table d.t(id bigint, items array(bigint))
SELECT id, item FROM d.t CROSS JOIN UNNEST(items) AS u (item)
--> select
--> reads d.t
--> id <- d.t:id identity
--> item <- d.t:items identity
