--@ dialect postgres
--@ table d.t(id int, tags text[])
SELECT t.id, u.tag FROM d.t CROSS JOIN LATERAL UNNEST(t.tags) AS u(tag)
--> select
--> reads d.t
--> id <- d.t:id identity
--> tag <- d.t:tags identity
