--@ table d.t(id INT64, a INT64, b INT64)
SELECT * FROM d.t UNPIVOT (amount FOR measure IN (a AS 'first', b AS 'second')) AS u
--> select
--> reads d.t
--> id <- d.t:id identity
--> measure <- generated
--> amount <- d.t:a identity, d.t:b identity
