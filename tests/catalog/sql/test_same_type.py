import pytest

from catalog.sql import is_same_type


@pytest.mark.parametrize(
    ("dialect", "declared", "inferred"),
    [
        ("bigquery", "INTEGER", "INT64"),
        ("bigquery", "FLOAT", "FLOAT64"),
        ("bigquery", "BOOLEAN", "BOOL"),
        ("bigquery", "DECIMAL(10, 2)", "NUMERIC"),
        ("bigquery", "string", "STRING"),
        ("bigquery", "STRING(20)", "STRING"),
        ("bigquery", "STRUCT<a INTEGER, b ARRAY<STRING>>", "STRUCT<a INT64, b ARRAY<STRING>>"),
        ("bigquery", "STRUCT", "STRUCT<a INT64>"),
        ("duckdb", "VARCHAR(10)", "TEXT"),
        ("duckdb", "INTEGER", "BIGINT"),
        ("duckdb", "INTEGER[]", "BIGINT[]"),
        ("duckdb", "TIMESTAMPTZ", "TIMESTAMP"),
        ("snowflake", "NUMBER(38, 0)", "INT"),
        ("snowflake", "VARIANT", "TEXT"),
        ("postgres", "mood", "TEXT"),
        ("bigquery", "no such (type", "INT64"),
    ],
)
def test_names_of_one_type_are_the_same(dialect: str, declared: str, inferred: str) -> None:
    assert is_same_type(declared, inferred, dialect=dialect)


@pytest.mark.parametrize(
    ("dialect", "declared", "inferred"),
    [
        ("bigquery", "STRING", "INT64"),
        ("bigquery", "DATE", "TIMESTAMP"),
        ("bigquery", "DATETIME", "TIMESTAMP"),
        ("bigquery", "INT64", "FLOAT64"),
        ("bigquery", "NUMERIC", "FLOAT64"),
        ("bigquery", "ARRAY<STRING>", "STRING"),
        ("bigquery", "ARRAY<STRING>", "ARRAY<INT64>"),
        ("bigquery", "STRUCT<a INT64>", "STRUCT<b INT64>"),
        ("duckdb", "VARCHAR", "BOOLEAN"),
    ],
)
def test_other_types_are_not(dialect: str, declared: str, inferred: str) -> None:
    assert not is_same_type(declared, inferred, dialect=dialect)
