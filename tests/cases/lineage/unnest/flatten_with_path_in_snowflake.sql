--@ dialect snowflake
--@ table D.T(ID INT, V VARIANT)
SELECT t.id, f.value AS item, f.index AS place FROM d.t AS t, LATERAL FLATTEN(input => t.v) AS f
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> ITEM <- D.T:V identity
--> PLACE <- generated
