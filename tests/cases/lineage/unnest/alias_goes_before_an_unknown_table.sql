SELECT id, tag FROM d.t CROSS JOIN UNNEST(tags) AS tag
--> select
--> reads d.t
--> id <- d.t:id identity
--> tag <- d.t:tags identity
