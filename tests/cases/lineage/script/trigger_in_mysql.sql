--@ dialect mysql
CREATE TRIGGER keep AFTER INSERT ON s.t FOR EACH ROW INSERT INTO s.history (a) VALUES (NEW.a);
SELECT b FROM s.t;
--> create_trigger
--> insert
--> writes s.history
--> a <- generated
--> select
--> reads s.t
--> b <- s.t:b identity
