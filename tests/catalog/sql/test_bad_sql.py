"""Text that is not SQL, or not quite: nothing raises, and nothing is lost in silence."""

from __future__ import annotations

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.sql import SQL_DIALECTS, GapReason, StatementLineage, scan, trace_sql


def traced(sql: str, dialect: str = "bigquery") -> tuple[StatementLineage, ...]:
    return trace_sql(sql, dialect=dialect)


@pytest.mark.parametrize("sql", ["", "  \n\t", "-- only a comment", "/* one */ -- and another\n", ";;;"])
def test_text_without_a_statement_has_none(sql: str) -> None:
    assert traced(sql) == ()


@pytest.mark.parametrize(
    ("sql", "line", "char", "fragment"),
    [
        ("SELECT (1", 1, 9, "1"),
        ("SELECT 1)", 1, 9, ")"),
        ("SELECT a\nFROM t\nWHERE", 3, 1, "WHERE"),
        ("SELECT a b c FROM t", 1, 12, "c"),
        ("SELECT 1;\nSELECT 'abc\nFROM t", 2, 1, "SELECT 'abc"),
        ("SELECT /* no end", 1, 1, "SELECT /* no end"),
        ("SELECT `a", 1, 1, "SELECT `a"),
        ("SELECT \x00 1 FROM t", 1, 10, "1"),
        ("SELECT FROM", 1, 8, "FROM"),
        ("INSERT", 1, 1, "INSERT"),
        ("SELEC a", 1, 1, "SELEC a"),
        ("MERGE INTO a", 1, 12, "a"),
    ],
)
def test_bad_text_is_one_gap_with_its_place_and_fragment(
    sql: str, line: int, char: int, fragment: str
) -> None:
    gap = next(gap for statement in traced(sql) for gap in statement.gaps)
    assert gap.reason is GapReason.SYNTAX
    assert (gap.line, gap.char) == (line, char)
    assert f"`{fragment}`" in gap.detail


def test_bad_statement_costs_no_other_and_lines_stay_true() -> None:
    first, bad, last = traced("SELECT a FROM t;\n\nSELECT (b FROM t;\nSELECT c\nFROM u")
    assert (first.kind, bad.kind, last.kind) == ("select", "unparsed", "select")
    assert (first.line, bad.line, last.line) == (1, 3, 4)
    assert (last.index, last.reads) == (2, ("u",))


def test_wrong_dialect_is_a_gap() -> None:
    (statement,) = traced("SELECT TOP 5 [a b] FROM [x y]")
    assert statement.kind == "unparsed"
    assert statement.gaps


def test_unknown_dialect_is_a_gap() -> None:
    (statement,) = traced("SELECT 1", dialect="klingon")
    assert [gap.detail for gap in statement.gaps] == ["`klingon` is no SQL dialect that is known"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "(" * 10_000 + "1" + ")" * 10_000,
        "SELECT * FROM " + "(SELECT * FROM " * 10_000 + "t" + ")" * 10_000,
        "SELECT * FROM " + "(SELECT * FROM " * 200 + "t" + ")" * 200,
        "SELECT " + "CASE WHEN a THEN " * 2_000 + "1" + " END" * 2_000,
        "SELECT " + "NOT " * 5_000 + "a FROM t",
        "SELECT " + "[" * 3_000 + "]" * 3_000,
    ],
    ids=["parentheses", "queries", "fewer-queries", "cases", "nots", "brackets"],
)
def test_nesting_too_deep_is_a_gap(sql: str) -> None:
    (statement,) = traced(sql)
    assert statement.kind == "unparsed"
    assert len(statement.gaps) == 1


def test_long_chains_and_wide_queries_are_traced() -> None:
    (chain,) = traced("SELECT " + " AND ".join(f"a{i % 7}" for i in range(10_000)) + " AS every FROM t")
    assert len(chain.columns) == 7
    (wide,) = traced("SELECT " + ", ".join(f"a{i}" for i in range(2_000)) + " FROM t")
    assert len(wide.columns) == 2_000
    (union,) = traced(" UNION ALL ".join(f"SELECT a FROM t{i}" for i in range(1_000)))
    assert len(union.reads) == 1_000
    steps = ", ".join(f"c{i} AS (SELECT * FROM {f'c{i - 1}' if i else 't'})" for i in range(500))
    (ctes,) = traced(f"WITH {steps} SELECT a FROM c499")
    assert [(edge.source_table, edge.source_column) for edge in ctes.columns] == [("t", "a")]


def test_what_cannot_be_opened_is_a_gap() -> None:
    opened = {"CALL p(1)": "unsupported", "EXECUTE IMMEDIATE q": "dynamic_sql"}
    for sql, reason in opened.items():
        (statement,) = traced(sql)
        assert [str(gap.reason) for gap in statement.gaps] == [reason]


def test_the_parser_keeps_quiet_and_its_logger_is_left_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("sqlglot")
    before = (logger.level, list(logger.filters), list(logger.handlers), logger.disabled)
    with caplog.at_level(logging.DEBUG):
        traced("CALL p(1); BEGIN SELECT 1; END; EXECUTE IMMEDIATE 'x'")
        traced("CREATE TABLE x AS SELECT FROM; SELECT a FROM t PIVOT (SUM(b) FOR c IN (1))", "sqlite")
    assert caplog.records == []
    assert (logger.level, list(logger.filters), list(logger.handlers), logger.disabled) == before


def test_known_dialects_are_those_of_the_parser() -> None:
    from sqlglot.dialects.dialect import Dialects

    assert {dialect.value for dialect in Dialects if dialect.value} == SQL_DIALECTS


VOCABULARY = """
SELECT FROM WHERE GROUP BY ORDER HAVING QUALIFY WITH RECURSIVE AS ( ) [ ] , ; . * + - = < 'x' "y" `z` 1 NULL
a b t t.a d.t x.* UNION ALL EXCEPT JOIN LEFT ON USING CROSS UNNEST STRUCT ARRAY OFFSET PIVOT UNPIVOT FOR IN
CASE WHEN THEN ELSE END OVER PARTITION SUM COUNT MERGE INTO MATCHED NOT UPDATE SET INSERT VALUES DELETE CREATE
TABLE VIEW OR REPLACE TEMP FUNCTION PROCEDURE BEGIN IF LOOP DECLARE CALL EXECUTE IMMEDIATE LATERAL FLATTEN
WINDOW LIMIT INTERVAL DATE CAST @p {{ }} -- /* */ ' "
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=30), st.sampled_from(["bigquery", "snowflake", "postgres", "duckdb", "tsql"]))
def test_token_soup_never_raises_and_always_ends_in_lineage_or_a_gap(words: list[str], dialect: str) -> None:
    statements = traced(" ".join(words), dialect)
    assert [statement.index for statement in statements] == list(range(len(statements)))
    for statement in statements:
        assert statement.kind != "unparsed" or statement.gaps
    scan(" ".join(words), dialect=dialect)


PROJECTIONS = """
a; b + 1; t.a; COUNT(*); SUM(b); *; t.*; s.x.y; STRUCT(a AS x); (SELECT MAX(b) FROM u); nothing.a; UNNEST(a);
ARRAY(SELECT a FROM u); CASE WHEN a THEN b END; LAG(a) OVER (ORDER BY b)
"""
SOURCES = """
d.t AS t; (SELECT * FROM d.t) AS t; d.t AS t JOIN d.u AS u USING (a); UNNEST([1, 2]) AS t; d.t AS t, t.a AS x;
d.t PIVOT (SUM(b) FOR a IN ('p', 'q')) AS t; (SELECT 1 AS a UNION ALL SELECT b FROM u) AS t
"""
PARTS = st.sampled_from(PROJECTIONS.split(";"))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTS, min_size=1, max_size=5), st.sampled_from(SOURCES.split(";")), st.booleans())
def test_every_output_of_a_query_is_accounted_for(parts: list[str], source: str, is_known: bool) -> None:
    sql = f"SELECT {', '.join(parts)} FROM {source}"
    schema = {"d.t": {"a": "INT64", "b": "INT64", "s": "STRUCT<x STRUCT<y INT64>>"}, "u": {"a": "", "b": ""}}
    for statement in trace_sql(sql, dialect="bigquery", schema=schema if is_known else None):
        with_edges = {edge.target_column for edge in statement.columns}
        for output in statement.outputs:
            is_told = output.is_generated or output.name in with_edges
            assert is_told or statement.gaps or statement.unknown_columns


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW m.x AS SELECT t.a, b AS c FROM d.t JOIN d.u ON t.i = u.i",
        "INSERT INTO m.x (a, c) SELECT t.a, b FROM d.t JOIN d.u ON t.i = u.i",
        "SELECT b AS c FROM d.t JOIN d.u ON t.i = u.i UNION ALL SELECT e FROM d.v",
        "SELECT x AS c FROM (SELECT b AS x FROM d.t, d.u)",
        "WITH q AS (SELECT b AS x FROM d.t, d.u) SELECT x + 1 AS c, 1 AS one FROM q",
    ],
)
def test_gap_names_the_column_it_concerns(sql: str) -> None:
    (statement,) = traced(sql)
    assert [(gap.reason, gap.column) for gap in statement.gaps] == [(GapReason.AMBIGUOUS, "c")]


def test_gap_about_a_condition_names_no_column() -> None:
    (statement,) = traced("INSERT INTO m.x (c) SELECT b FROM d.t, d.u WHERE b > 1")
    assert {gap.column for gap in statement.gaps} == {None}


def test_types_are_told_only_where_they_are_asked_for() -> None:
    schema = {"d.t": {"a": "INT64", "s": "STRUCT<x INT64>"}}
    sql = "SELECT a + 1 AS b, IF(a > 1, s, NULL).x AS x, s.y AS y FROM d.t"
    (untyped,) = trace_sql(sql, dialect="bigquery", schema=schema)
    (typed,) = trace_sql(sql, dialect="bigquery", schema=schema, infer_types=True)
    assert [output.type for output in untyped.outputs] == [None, None, None]
    assert [output.type for output in typed.outputs] == ["INT64", "INT64", None]
    assert untyped.columns == typed.columns
    assert untyped.unknown_columns == typed.unknown_columns != ()
