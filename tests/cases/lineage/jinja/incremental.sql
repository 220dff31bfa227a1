select a, day from s.t
{% if is_incremental() %}
where day > (select max(day) from {{ this }})
{% endif %}
--> select
--> reads s.t
--> a <- s.t:a identity
--> day <- s.t:day identity
--> rows <- s.t:day filter
