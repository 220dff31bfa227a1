"""Expressions of a dialect as DuckDB runs them, where both are known to mean the same.

What is listed here was compared by the documentation of the dialects; whatever is not listed is not
translated, since a value that is almost right is worse than none. Approximate functions, clocks, random
numbers and functions of a project's own are left out for good.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlglot
from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError

from .translated import GIVEN, ROW_NUMBER, Aggregation, DuckDbSql, Untranslated

COMPARES_TEXT_BY_CASE = frozenset(
    {"athena", "bigquery", "clickhouse", "databricks", "duckdb", "hive", "postgres", "presto", "redshift",
     "snowflake", "spark", "spark2", "trino"}
)  # fmt: skip
"""Dialects in which 'a' and 'A' differ, as they do in DuckDB."""

SAME = (
    exp.Select, exp.From, exp.Where, exp.Table, exp.Alias, exp.Column, exp.Identifier, exp.Paren, exp.Tuple,
    exp.Subquery, exp.Literal, exp.Boolean, exp.Null, exp.Star, exp.Distinct, exp.DataType, exp.Cast,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.SafeDivide, exp.Neg, exp.Abs,
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Is,
    exp.Case, exp.If, exp.Coalesce, exp.Nullif,
    exp.Count, exp.CountIf, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Filter,
)  # fmt: skip
"""Parts of an expression that mean the same in DuckDB."""

SAME_TYPES = frozenset(
    {exp.DType.BIGINT, exp.DType.INT, exp.DType.SMALLINT, exp.DType.TINYINT, exp.DType.DOUBLE,
     exp.DType.FLOAT, exp.DType.DECIMAL, exp.DType.BOOLEAN, exp.DType.TEXT, exp.DType.VARCHAR, exp.DType.DATE,
     exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ, exp.DType.DATETIME, exp.DType.BIGDECIMAL}
)  # fmt: skip


def translated(
    aggregation: Aggregation, columns: Mapping[str, str], dialect: str
) -> DuckDbSql | Untranslated:
    """An aggregating expression over rows with those columns, for DuckDB. See `catalog.sql.for_duckdb`."""
    if dialect not in COMPARES_TEXT_BY_CASE:
        return Untranslated(f"{dialect} may compare texts in another way than DuckDB")
    where = f" WHERE {aggregation.condition}" if aggregation.condition else ""
    try:
        query = f"SELECT {aggregation.expression} AS value FROM {GIVEN}{where}"  # noqa: S608 - parsed, then looked through
        value = sqlglot.parse_one(query, dialect=dialect)
        types = tuple(_type(written, dialect) for written in columns.values())
    except SqlglotError:
        return Untranslated("it cannot be parsed")
    _read_the_rows(value, aggregation.source)
    reason = _difference(value, frozenset(name.casefold() for name in columns), dialect)
    if reason:
        return Untranslated(reason)
    for count in list(value.find_all(exp.CountIf)):
        # A condition that is null does not count in any dialect; DuckDB makes nothing but nulls null.
        count.set("this", exp.func("COALESCE", count.this.copy(), exp.false()))
    counted = value.copy()
    assert isinstance(counted, exp.Select)
    counted.set("expressions", [exp.column(ROW_NUMBER)])
    return DuckDbSql(value.sql("duckdb"), counted.sql("duckdb"), types)


def _read_the_rows(query: exp.Expr, source: str) -> None:
    """Lets inner queries over the source read the rows of the example too."""
    for table in list(query.find_all(exp.Table)):
        if ".".join(part.name for part in table.parts).casefold() == source.casefold():
            table.replace(exp.to_table(GIVEN))


def _difference(query: exp.Expr, columns: frozenset[str], dialect: str) -> str | None:
    """What of the query may mean something else in DuckDB; None where nothing does."""
    if not isinstance(query, exp.Select):
        return "it is more than one expression"
    for node in query.walk():
        shown = node.sql(dialect)
        if isinstance(node, exp.Table) and node.name != GIVEN:
            return f"it reads `{node.name or shown}` too"
        if isinstance(node, exp.DataType) and node.this not in SAME_TYPES:
            return f"`{shown}` is no plain type"
        if isinstance(node, exp.Column) and node.name.casefold() not in columns:
            return f"the example does not give `{node.name}`"
        if isinstance(node, exp.Div) and Dialect.get_or_raise(dialect).TYPED_DIVISION:
            return f"{dialect} divides whole numbers in its own way"
        if not isinstance(node, SAME):
            return f"`{shown}` is not known to mean the same in DuckDB"
    return None


def _type(written: str, dialect: str) -> str:
    """A type in DuckDB's words; text where it is not known, since values are given as they are written."""
    return exp.DataType.build(written, dialect=dialect).sql("duckdb") if written else "VARCHAR"
