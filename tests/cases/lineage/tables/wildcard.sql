--@ table raw.views_*(_table_suffix STRING, country STRING, n INT64)
SELECT v.country, SUM(v.n) AS n, MAX(PARSE_DATE('%Y%m%d', v._TABLE_SUFFIX)) AS day
FROM `raw.views_*` AS v
WHERE v._TABLE_SUFFIX > '20260101'
GROUP BY v.country
--> select
--> reads raw.views_*
--> country <- raw.views_*:country identity
--> n <- raw.views_*:n aggregation
--> day <- raw.views_*:_table_suffix aggregation
--> rows <- raw.views_*:_table_suffix filter, raw.views_*:country group_by
--> type day DATE
