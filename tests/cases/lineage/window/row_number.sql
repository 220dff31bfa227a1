--@ table d.t(a INT64, b INT64, c INT64)
SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c DESC) AS rn FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> rn <- d.t:b window, d.t:c window
--> type rn INT64
