{% set kinds = ['card', 'cash'] %}
select
  {%- for kind in kinds %}
  sum(case when k = '{{ kind }}' then a end) as {{ kind }}_a,
  {%- endfor %}
  id
from s.t
group by id
--> select
--> reads s.t
--> card_a <- s.t:a aggregation, s.t:k conditional
--> line card_a 4
--> cash_a <- s.t:a aggregation, s.t:k conditional
--> line cash_a 4
--> id <- s.t:id identity
--> line id 6
--> rows <- s.t:id group_by
