--@ dialect oracle
--@ table s.t(a NUMBER, b NUMBER)
SELECT MAX(a) INTO :top FROM s.t WHERE b > 0;
--> other
--> reads S.T
SELECT a INTO v FROM s.t;
--> other
--> reads S.T
INSERT INTO s.u (x) SELECT b FROM s.t;
--> insert
--> reads S.T
--> writes S.U
--> X <- S.T:B identity
