outer_loop: LOOP
  inner_loop: WHILE TRUE DO
    SELECT a FROM d.t;
    LEAVE outer_loop;
  END WHILE inner_loop;
END LOOP outer_loop;
SELECT b FROM d.t;
--> select
--> reads d.t
--> a <- d.t:a identity
--> other
--> select
--> reads d.t
--> b <- d.t:b identity
