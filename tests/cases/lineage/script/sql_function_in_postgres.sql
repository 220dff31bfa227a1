--@ dialect postgres
CREATE FUNCTION s.f(low int) RETURNS TABLE (a int) LANGUAGE sql AS $$
  SELECT t.a FROM s.t WHERE t.a > low
$$;
CREATE FUNCTION s.g() RETURNS int LANGUAGE sql RETURN (SELECT max(a) FROM s.t);
CREATE FUNCTION s.h() RETURNS int LANGUAGE c AS 'library', 'symbol';
--> create_function
--> select
--> reads s.t
--> a <- s.t:a identity
--> rows <- s.t:a filter
--> create_function
--> select
--> reads s.t
--> _col_0 <- s.t:a aggregation
--> create_function
