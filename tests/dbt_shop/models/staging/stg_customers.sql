select id as customer_id, lower(email) as email, updated_at from {{ ref('customers_snapshot') }}
where dbt_valid_to is null
