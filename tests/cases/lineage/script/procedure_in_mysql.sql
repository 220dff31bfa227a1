--@ dialect mysql
DELIMITER //
CREATE PROCEDURE fill(IN low INT, OUT n INT)
BEGIN
  DECLARE done INT DEFAULT FALSE;
  DECLARE c CURSOR FOR SELECT a FROM s.t;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = TRUE;
  INSERT INTO s.u (x) SELECT a FROM s.t WHERE a > low;
  SELECT COUNT(*) INTO n FROM s.u;
  IF n > 0 THEN
    DELETE FROM s.v;
  END IF;
END//
DELIMITER ;
SELECT b FROM s.t;
--> create_procedure
--> other
--> other
--> reads s.t
--> other
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
--> line x 8
--> rows <- s.t:a filter
--> other
--> reads s.u
--> delete
--> writes s.v
--> select
--> reads s.t
--> b <- s.t:b identity
