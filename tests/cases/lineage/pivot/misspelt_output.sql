--@ table d.t(id INT64, k STRING, v INT64)
WITH x AS (SELECT * FROM (SELECT id, k, v FROM d.t) PIVOT (MAX(v) FOR k IN ('A' AS alpha))) SELECT x.alhpa FROM x
--> select
--> reads d.t
--> alhpa <- nothing
--> rows <- d.t:k filter
--> unknown x:alhpa
