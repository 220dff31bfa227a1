--@ dialect snowflake
COPY INTO a.b FROM @stage/x FILE_FORMAT = (TYPE = CSV)
--> other
--> writes A.B
--> gap unsupported
