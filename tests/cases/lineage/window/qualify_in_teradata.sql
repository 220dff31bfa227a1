--@ dialect teradata
--@ table D.T(ID INTEGER, AT DATE)
SELECT id FROM d.t QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY at) = 1
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> rows <- D.T:AT filter, D.T:ID filter
