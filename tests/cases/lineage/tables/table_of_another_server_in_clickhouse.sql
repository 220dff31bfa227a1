--@ dialect clickhouse
SELECT a FROM remote('host', d.t)
--> select
--> a <- nothing
--> gap unsupported
