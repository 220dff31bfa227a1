--@ table d.t(a INT64, b STRING)
LOAD DATA INTO d.t FROM FILES (format = 'CSV', uris = ['gs://x'])
--> copy
--> writes d.t
--> a <- generated
--> b <- generated
