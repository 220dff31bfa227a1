import sqlglot
from sqlglot import exp

from catalog import trace_sql

SQL = "SELECT a FROM d.t, t.items AS a"


def arrays_seen_by_sqlglot() -> int:
    return len(list(sqlglot.parse_one(SQL, dialect="bigquery").find_all(exp.Unnest)))


def test_tracing_leaves_the_parser_as_it_was() -> None:
    assert arrays_seen_by_sqlglot() == 1
    (statement,) = trace_sql(SQL, dialect="bigquery", schema={"d.t": {"items": "ARRAY<INT64>"}})
    assert statement.reads == ("d.t",)
    assert [edge.source_column for edge in statement.columns] == ["items"]
    assert arrays_seen_by_sqlglot() == 1


def test_tracing_text_that_does_not_parse_leaves_the_parser_as_it_was() -> None:
    trace_sql("SELECT FROM (((", dialect="bigquery")
    assert arrays_seen_by_sqlglot() == 1
