--@ dialect snowflake
COPY INTO a.b FROM @stage/x FILE_FORMAT = (TYPE = CSV)
--> copy
--> writes A.B
