--@ dialect tsql
--@ table dbo.x(id int, a int)
--@ table d.s(id int, b int)
UPDATE t SET t.a = s.b FROM dbo.x AS t JOIN d.s AS s ON s.id = t.id
--> update
--> reads d.s
--> writes dbo.x
--> a <- d.s:b identity
--> rows <- d.s:id join, dbo.x:id join
