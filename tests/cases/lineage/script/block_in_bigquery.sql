BEGIN
  SELECT a FROM d.t;
  SELECT b FROM d.t;
END;
--> select
--> reads d.t
--> a <- d.t:a identity
--> line a 2
--> select
--> reads d.t
--> b <- d.t:b identity
