--@ dialect snowflake
--@ table D.T(V VARIANT)
SELECT t.v:a.b::int AS a FROM d.t AS t
--> select
--> reads D.T
--> A <- D.T:V transformation
