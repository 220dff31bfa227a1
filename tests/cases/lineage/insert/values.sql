INSERT INTO m.x (a, b) VALUES (1, 'x'), (2, 'y')
--> insert
--> writes m.x
--> a <- generated
--> b <- generated
