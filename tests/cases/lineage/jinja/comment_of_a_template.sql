{# select nothing from nowhere #}
select a from {{ ref('t') }} -- {{ not_run() }}
--> select
--> reads t
--> a <- t:a identity
