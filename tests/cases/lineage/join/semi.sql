--@ dialect spark
--@ table d.t(id INT, a INT)
--@ table d.u(id INT, b INT)
SELECT * FROM d.t LEFT SEMI JOIN d.u ON t.id = u.id
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> a <- d.t:a identity
--> rows <- d.t:id join, d.u:id join
