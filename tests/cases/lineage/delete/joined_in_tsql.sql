--@ dialect tsql
--@ table m.x(id int)
--@ table d.s(id int)
DELETE t FROM m.x AS t INNER JOIN d.s AS s ON t.id = s.id
--> delete
--> reads d.s
--> writes m.x
--> rows <- d.s:id join, m.x:id join
