--@ table d.t(email STRING)
WITH h AS (SELECT MD5(email) AS e FROM d.t) SELECT CONCAT('u', TO_HEX(e)) AS id FROM h
--> select
--> reads d.t
--> id <- d.t:email transformation masked
