--@ dialect oracle
--@ table D.T(ID NUMBER, BOSS NUMBER)
SELECT id, LEVEL, ROWNUM AS n FROM d.t START WITH boss IS NULL CONNECT BY PRIOR id = boss
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> LEVEL <- generated
--> N <- generated
--> rows <- D.T:BOSS filter, D.T:ID filter
