--@ table d.t(a INT64, n INT64)
--@ table d.u(b INT64)
WITH x AS (SELECT a, n FROM d.t), y AS (SELECT b, 0 AS n FROM d.u),
stacked AS (SELECT * FROM x UNION ALL SELECT * FROM y)
SELECT a AS key, n FROM stacked
--> select
--> reads d.t, d.u
--> key <- d.t:a identity, d.u:b identity
--> n <- d.t:n identity
