select
  {{ cents('amount') }} as amount,
  b
from {{ schema }}.t
{{ extra_filter() }}
--> select
--> amount <- nothing
--> b <- nothing
--> gap dynamic_sql
--> gap dynamic_sql
--> gap dynamic_sql
