--@ dialect oracle
SELECT t.a FROM d.t@far t
--> select
--> reads D.T@FAR
--> A <- D.T@FAR:A identity
