--@ dialect oracle
SELECT SYSDATE AS now FROM dual
--> select
--> reads DUAL
--> NOW <- generated
