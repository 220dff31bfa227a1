--@ table d.t(a INT64)
SELECT *, _PARTITIONTIME AS loaded FROM d.t WHERE _PARTITIONDATE = CURRENT_DATE()
--> select
--> reads d.t
--> a <- d.t:a identity
--> loaded <- d.t:_partitiontime identity
--> rows <- d.t:_partitiondate filter
--> type loaded TIMESTAMP
