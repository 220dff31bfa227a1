--@ dialect redshift
--@ table d.t(a int, b int)
COPY d.t FROM 's3://x/y' IAM_ROLE 'role' CSV
--> copy
--> writes d.t
--> a <- generated
--> b <- generated
