--@ table d.t(a INT64)
SELECT x.a, y.b FROM `p.d.t` AS x JOIN p.e.u AS y ON x.a = y.b
--> select
--> reads p.d.t, p.e.u
--> a <- p.d.t:a identity
--> b <- p.e.u:b identity
--> rows <- p.d.t:a join, p.e.u:b join
