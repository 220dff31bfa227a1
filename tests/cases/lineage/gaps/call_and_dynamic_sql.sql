CALL d.p(1);
EXECUTE IMMEDIATE q;
--> other
--> gap unsupported
--> other
--> gap dynamic_sql
