--@ dialect duckdb
{{ config(materialized='table') }}
select
  o.a,
  c.b
from {{ ref('orders') }} as o
join {{ source('raw', 'customers') }} as c on o.id = c.id
join {{ ref('package', 'other') }} as p on p.id = o.id
--> select
--> reads orders, other, raw.customers
--> a <- orders:a identity
--> line a 4
--> b <- raw.customers:b identity
--> line b 5
--> rows <- orders:id join, other:id join, raw.customers:id join
