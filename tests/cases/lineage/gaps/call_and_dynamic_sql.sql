CALL d.p(1);
EXECUTE IMMEDIATE 'SELECT 1';
--> other
--> gap unsupported
--> other
--> gap dynamic_sql
