--@ dialect oracle
--@ table D.T(a NUMBER, A NUMBER)
SELECT "a" AS x, a AS y FROM d.t
--> select
--> reads D.T
--> X <- D.T:a identity
--> Y <- D.T:A identity
