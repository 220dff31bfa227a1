--@ dialect postgres
CREATE FUNCTION s.log() RETURNS trigger AS $$
BEGIN
  INSERT INTO s.history (a, at) VALUES (NEW.a, now());
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER keep AFTER INSERT OR UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION s.log();
SELECT a FROM s.t;
--> create_function
--> insert
--> writes s.history
--> a <- generated
--> at <- generated
--> other
--> create_trigger
--> select
--> reads s.t
--> a <- s.t:a identity
