SELECT TO_JSON_STRING(t) AS j FROM d.t AS t
--> select
--> reads d.t
--> j <- nothing
--> gap unknown_star
