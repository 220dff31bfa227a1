--@ table d.t(a INT64, b INT64)
SELECT
  a, -- the first
  /* before */ a
    + b  -- in between
    * 2 AS total
FROM d.t
--> select
--> reads d.t
--> a <- d.t:a identity
--> total <- d.t:a transformation, d.t:b transformation
--> text total = a + b * 2
--> line total 4
