BEGIN
  DECLARE q STRING DEFAULT 'd.t';
  BEGIN
    IF TRUE THEN
      EXECUTE IMMEDIATE CONCAT('SELECT a FROM ', q);
    END IF;
  END;
END;
SELECT q FROM d.u;
--> other
--> select
--> reads d.t
--> a <- d.t:a identity
--> select
--> reads d.u
--> q <- d.u:q identity
