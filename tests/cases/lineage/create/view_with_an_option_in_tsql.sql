--@ dialect tsql
--@ table d.t(a int)
CREATE VIEW d.v WITH SCHEMABINDING AS SELECT a FROM d.t
SELECT a FROM d.v
--> create_view
--> reads d.t
--> writes d.v
--> a <- d.t:a identity
--> select
--> reads d.v
--> a <- d.v:a identity
