select a from {{ var('schema', 's') }}.t where b = '{{ var("day") }}' and c = {{ var("n") }}
--> select
--> reads s.t
--> a <- s.t:a identity
--> rows <- s.t:b filter, s.t:c filter
