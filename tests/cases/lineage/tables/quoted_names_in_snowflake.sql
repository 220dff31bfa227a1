--@ dialect snowflake
--@ table DB.D.T(A INT, odd TEXT)
SELECT "odd", a, t."A" AS "Mixed" FROM db.d.t AS t
--> select
--> reads DB.D.T
--> odd <- DB.D.T:odd identity
--> A <- DB.D.T:A identity
--> Mixed <- DB.D.T:A identity
