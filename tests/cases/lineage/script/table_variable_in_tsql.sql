--@ dialect tsql
DECLARE @x TABLE (id INT, v INT)
INSERT INTO @x (id, v) SELECT a, b FROM dbo.t WHERE c = 1
INSERT INTO dbo.u (p, q) SELECT id, v FROM @x
--> create_table
--> id <- generated
--> v <- generated
--> insert
--> reads dbo.t
--> id <- dbo.t:a identity
--> v <- dbo.t:b identity
--> rows <- dbo.t:c filter
--> insert
--> reads dbo.t
--> writes dbo.u
--> p <- dbo.t:a identity
--> q <- dbo.t:b identity
--> rows <- dbo.t:c filter
