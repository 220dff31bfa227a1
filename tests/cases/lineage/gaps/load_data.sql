LOAD DATA INTO d.t FROM FILES (format = 'CSV', uris = ['gs://x'])
--> other
--> writes d.t
--> gap unsupported
