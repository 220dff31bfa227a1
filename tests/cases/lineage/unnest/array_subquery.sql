--@ table d.t(languages ARRAY<STRUCT<code STRING, level STRING>>)
SELECT ARRAY(SELECT l.code FROM UNNEST(t.languages) AS l WHERE l.level = 'C1') AS fluent FROM d.t AS t
--> select
--> reads d.t
--> fluent <- d.t:languages.code identity
--> rows <- d.t:languages.level filter
--> type fluent ARRAY<STRING>
