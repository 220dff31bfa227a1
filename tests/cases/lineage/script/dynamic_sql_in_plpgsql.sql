--@ dialect postgres
CREATE PROCEDURE s.p(part text) AS $$
DECLARE
  q text := 'INSERT INTO s.u (x) SELECT a FROM s.t';
BEGIN
  EXECUTE q;
  EXECUTE format('INSERT INTO s.v (y) SELECT b FROM %I WHERE c = %L', 't', part);
  EXECUTE 'TRUNCATE ' || quote_ident(part);
  RETURN QUERY EXECUTE 'SELECT d FROM s.t';
END
$$ LANGUAGE plpgsql;
--> create_procedure
--> insert
--> reads s.t
--> writes s.u
--> x <- s.t:a identity
--> insert
--> reads t
--> writes s.v
--> y <- t:b identity
--> rows <- t:c filter
--> other
--> gap dynamic_sql
--> select
--> reads s.t
--> d <- s.t:d identity
