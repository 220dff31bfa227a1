--@ dialect databricks
--@ table orders(id INT, amount INT)
CREATE OR REFRESH STREAMING TABLE silver AS SELECT id, amount FROM STREAM(LIVE.orders);
--> create_table
--> reads orders
--> writes silver
--> id <- orders:id identity
--> amount <- orders:amount identity
CREATE OR REFRESH LIVE TABLE gold AS SELECT SUM(amount) AS total FROM live.silver;
--> create_table
--> reads silver
--> writes gold
--> total <- silver:amount aggregation
