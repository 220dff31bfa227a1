--@ dialect tsql
--@ table dbo.t(id int, n int)
SELECT t.n, q.amount INTO dbo.x FROM dbo.t AS t JOIN OPENQUERY(finance, 'SELECT id, amount FROM shop.orders') AS q ON q.id = t.id;
--> create_table
--> reads dbo.t
--> writes dbo.x
--> n <- dbo.t:n identity
--> amount <- nothing
--> rows <- dbo.t:id join
--> gap unsupported
