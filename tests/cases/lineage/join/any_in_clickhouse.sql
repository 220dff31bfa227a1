--@ dialect clickhouse
--@ table d.t(id UInt64)
--@ table d.u(id UInt64, b UInt64)
SELECT t.id, u.b FROM d.t AS t ANY LEFT JOIN d.u AS u ON t.id = u.id
--> select
--> reads d.t, d.u
--> id <- d.t:id identity
--> b <- d.u:b identity
--> rows <- d.t:id join, d.u:id join
