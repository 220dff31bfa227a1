--@ dialect snowflake
--@ table D.T(A INT, B INT, C INT)
COPY INTO d.t (b, a) FROM (SELECT $1, UPPER(s.$2) FROM @d.stage/in (FILE_FORMAT => 'csv') AS s)
--> copy
--> writes D.T
--> B <- generated
--> A <- generated
