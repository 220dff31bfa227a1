select '{{' || a as b from s.t
--> select
--> reads s.t
--> b <- s.t:a transformation
