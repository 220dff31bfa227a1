--@ table d.t(email STRING, name STRING)
SELECT TO_HEX(MD5(email)) AS h, FARM_FINGERPRINT(CONCAT(email, name)) AS f, CONCAT(email, TO_HEX(SHA256(email))) AS leak
FROM d.t
--> select
--> reads d.t
--> h <- d.t:email transformation masked
--> f <- d.t:email transformation masked, d.t:name transformation masked
--> leak <- d.t:email transformation
