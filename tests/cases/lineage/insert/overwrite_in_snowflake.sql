--@ dialect snowflake
--@ table D.S(ID INT)
INSERT OVERWRITE INTO m.x (id) SELECT id FROM d.s
--> insert
--> reads D.S
--> writes M.X
--> ID <- D.S:ID identity
