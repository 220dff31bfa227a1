select a from s.t
{% if target.name == 'dev' %}
where b = 1
{% else %}
where c = 1
{% endif %}
--> select
--> reads s.t
--> a <- s.t:a identity
--> rows <- s.t:c filter
--> gap dynamic_sql
