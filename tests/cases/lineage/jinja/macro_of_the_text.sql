{% macro half(column) %}({{ column }} / 2){% endmacro %}
select {{ half('a') }} as h from s.t
--> select
--> reads s.t
--> h <- s.t:a transformation
--> line h 2
