--@ dialect tsql
WITH c AS (SELECT a FROM dbo.t) INSERT INTO dbo.u (x) SELECT a FROM c
SELECT a FROM dbo.t UNION ALL SELECT b FROM dbo.v
UPDATE u SET u.x = t.a FROM dbo.u u JOIN dbo.t t ON t.id = u.id
MERGE dbo.u AS u USING dbo.t AS t ON u.id = t.id
WHEN MATCHED THEN UPDATE SET x = t.a
WHEN NOT MATCHED THEN INSERT (id, x) VALUES (t.id, t.a);
TRUNCATE TABLE dbo.w
DROP TABLE IF EXISTS dbo.w
ALTER TABLE dbo.w DROP COLUMN c
GRANT SELECT, INSERT ON dbo.w TO reader
SELECT z FROM dbo.t
--> insert
--> reads dbo.t
--> writes dbo.u
--> x <- dbo.t:a identity
--> select
--> reads dbo.t, dbo.v
--> a <- dbo.t:a identity, dbo.v:b identity
--> update
--> reads dbo.t
--> writes dbo.u
--> x <- dbo.t:a identity
--> rows <- dbo.t:id join, dbo.u:id join
--> merge
--> reads dbo.t
--> writes dbo.u
--> id <- dbo.t:id identity
--> x <- dbo.t:a identity
--> rows <- dbo.t:id join, dbo.u:id join
--> other
--> other
--> other
--> other
--> select
--> reads dbo.t
--> z <- dbo.t:z identity
