SELECT a FROM d.t;
SELECT (b FROM d.t;
SELECT c FROM d.t;
--> select
--> reads d.t
--> a <- d.t:a identity
--> unparsed
--> gap syntax
--> select
--> reads d.t
--> c <- d.t:c identity
