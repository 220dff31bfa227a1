CREATE OR REPLACE MODEL d.m OPTIONS (model_type = 'x') AS SELECT a FROM d.t
--> other
--> reads d.t
--> gap unsupported
