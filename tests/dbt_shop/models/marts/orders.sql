{{ config(materialized='incremental', unique_key='order_id') }}

select o.order_id, o.customer_id, o.ordered_on, o.amount, c.email
from {{ ref('stg_orders') }} as o
left join {{ ref('stg_customers') }} as c using (customer_id)
{% if is_incremental() %}
where o.ordered_on > (select max(ordered_on) from {{ this }})
{% endif %}
