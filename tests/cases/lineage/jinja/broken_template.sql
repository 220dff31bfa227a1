select a from {{ ref('x' }};
select b from s.t;
--> select
--> a <- nothing
--> gap dynamic_sql
--> gap dynamic_sql
--> select
--> reads s.t
--> b <- s.t:b identity
