--@ dialect snowflake
CREATE PROCEDURE s.p() RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS
$$
def run(session):
    return 1
$$;
--> create_procedure
--> gap unsupported
