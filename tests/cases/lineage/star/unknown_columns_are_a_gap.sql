SELECT * FROM d.t
--> select
--> reads d.t
--> gap unknown_star
