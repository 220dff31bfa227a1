{{ config(materialized='table') }}

{% set amounts = ['amount'] %}

select
    c.name as country,
    p.ordered_on,
    {% for column in amounts %}
    sum(p.{{ column }}) as revenue,
    {% endfor %}
    count(*) as orders
from {{ ref('paid_orders') }} as p
left join {{ ref('countries') }} as c on c.code = p.country_code
group by 1, 2
