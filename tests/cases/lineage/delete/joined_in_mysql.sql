--@ dialect mysql
--@ table m.x(id int)
--@ table d.s(id int, k int)
DELETE x FROM m.x JOIN d.s ON x.id = s.id WHERE s.k = 1
--> delete
--> reads d.s
--> writes m.x
--> rows <- d.s:id join, d.s:k filter, m.x:id join
