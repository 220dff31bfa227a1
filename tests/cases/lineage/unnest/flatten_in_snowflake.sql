--@ dialect snowflake
--@ table D.T(ID INT, ITEMS VARIANT)
SELECT t.id, f.value:sku::string AS sku, f.index AS i FROM d.t AS t, LATERAL FLATTEN(INPUT => t.items) AS f
--> select
--> reads D.T
--> ID <- D.T:ID identity
--> SKU <- D.T:ITEMS transformation
--> I <- generated
--> type SKU VARCHAR
