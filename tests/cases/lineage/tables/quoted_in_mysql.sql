--@ dialect mysql
--@ table d.t(a int)
SELECT `A` FROM `d`.`t`
--> select
--> reads d.t
--> a <- d.t:a identity
