ASSERT (SELECT COUNT(*) FROM d.t) > 0
--> other
--> reads d.t
