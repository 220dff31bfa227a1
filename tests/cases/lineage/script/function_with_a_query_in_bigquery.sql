--@ table d.t(a INT64)
CREATE FUNCTION d.top() RETURNS INT64 AS ((SELECT MAX(a) FROM d.t));
SELECT 1 AS one;
--> create_function
--> reads d.t
--> select
--> one <- generated
