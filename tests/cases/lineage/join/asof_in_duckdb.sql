--@ dialect duckdb
--@ table d.t(k INT, at TIMESTAMP)
--@ table d.p(k INT, at TIMESTAMP, price INT)
SELECT t.k, p.price FROM d.t ASOF JOIN d.p ON t.k = p.k AND t.at >= p.at
--> select
--> reads d.p, d.t
--> k <- d.t:k identity
--> price <- d.p:price identity
--> rows <- d.p:at join, d.p:k join, d.t:at join, d.t:k join
