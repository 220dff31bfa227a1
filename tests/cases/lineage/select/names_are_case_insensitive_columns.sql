--@ table D.Orders(amount INT64)
SELECT O.AMOUNT AS Amount FROM D.Orders AS o
--> select
--> reads D.Orders
--> amount <- D.Orders:amount identity
