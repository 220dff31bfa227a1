SELECT a FROM d.f(3)
--> select
--> a <- nothing
--> gap unsupported
