--@ dialect oracle
--@ table D.T(ID NUMBER, K VARCHAR2, V NUMBER)
SELECT id, x FROM d.t PIVOT (SUM(v) FOR k IN ('a' AS x))
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> X <- D.T:V aggregation, D.T:K conditional
--> rows <- D.T:K filter
