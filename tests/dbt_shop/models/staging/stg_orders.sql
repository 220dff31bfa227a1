-- One row per order, as the shop wrote it.
select
    id as order_id,
    customer_id,
    cast(ordered_at as date) as ordered_on,
    country as country_code,
    amount,
    state
from {{ source('raw', 'raw_orders') }}
