DECLARE day DATE DEFAULT '{{ ds }}';
BEGIN
  INSERT INTO m.u (x) SELECT a FROM {{ source('s', 't') }} WHERE d = day;
END;
--> other
--> insert
--> reads s.t
--> writes m.u
--> x <- s.t:a identity
--> line x 3
--> rows <- s.t:d filter
