--@ dialect tsql
--@ table d.t(k int, b int)
--@ table d.u(k int, c int)
MERGE INTO d.t USING d.u ON t.k = u.k
WHEN MATCHED THEN UPDATE SET b = u.c
OUTPUT $action, inserted.b INTO d.log (act, b2);
--> merge
--> reads d.u
--> writes d.log, d.t
--> b <- d.u:c identity
--> act <- generated
--> b2 <- d.u:c identity
--> rows <- d.t:k join, d.u:k join, d.t:k join, d.u:k join
