--@ dialect tsql
CREATE TRIGGER dbo.keep ON dbo.t AFTER INSERT, UPDATE AS
BEGIN
  INSERT INTO dbo.history (a) SELECT a FROM inserted
END
--> create_trigger
--> insert
--> reads inserted
--> writes dbo.history
--> a <- inserted:a identity
