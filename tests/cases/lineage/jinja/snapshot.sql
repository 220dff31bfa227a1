{% snapshot orders_snapshot %}
{{ config(unique_key='id') }}
select a from {{ source('s', 't') }}
{% endsnapshot %}
--> select
--> reads s.t
--> a <- s.t:a identity
--> line a 3
