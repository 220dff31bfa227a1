--@ table d.t(amount INT64)
WITH x AS (SELECT amuont FROM d.t), y AS (SELECT amount FROM x) SELECT amount FROM y
--> select
--> reads d.t
--> amount <- nothing
--> unknown d.t:amuont
