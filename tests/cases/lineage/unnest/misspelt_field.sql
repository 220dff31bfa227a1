--@ table d.t(segments ARRAY<STRUCT<state STRING>>)
SELECT seg.stat FROM d.t AS s CROSS JOIN UNNEST(s.segments) AS seg
--> select
--> reads d.t
--> stat <- nothing
--> unknown d.t:segments.stat
